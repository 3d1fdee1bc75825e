package oauth

import (
	"fmt"
	"strings"

	"golang.org/x/oauth2"

	"github.com/seed-8b687bef/intercom-go"
)

// Endpoint returns the pages of a region, for an oauth2.Config of your own. An
// empty region is US. The client's id and secret go into the body of the
// request: asking the server for the way it likes would use up the code.
func Endpoint(region intercom.Region) (oauth2.Endpoint, error) {
	var infix string
	switch strings.ToUpper(string(region)) {
	case "", "US":
	case "EU", "EUROPE":
		infix = ".eu"
	case "AU", "AUSTRALIA":
		infix = ".au"
	default:
		return oauth2.Endpoint{}, fmt.Errorf("oauth: region %q is unknown; use US, EU or AU", string(region))
	}
	return oauth2.Endpoint{
		AuthURL:   "https://app" + infix + ".intercom.com/oauth",
		TokenURL:  "https://api" + infix + ".intercom.io/auth/eagle/token",
		AuthStyle: oauth2.AuthStyleInParams,
	}, nil
}
