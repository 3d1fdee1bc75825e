package intercom

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"
)

// UserHash returns the user_hash that proves to the Messenger who somebody is:
// the HMAC-SHA256, as 64 hexadecimal digits, of the user_id that the page gives
// the Messenger, or of the email where it gives no user_id. The secret is the
// Messenger's, not the access token and not the client secret, and stays on the
// server. If secret or id is empty, so is the hash, which the Messenger takes
// for none.
//
// A hash proves the same for ever. UserJWT proves it for a while, and the
// user's attributes with it.
func UserHash(secret, id string) string {
	if secret == "" || id == "" {
		return ""
	}
	return hex.EncodeToString(hmacSHA256(secret, id))
}

// MessengerClaims is what UserJWT proves about a user.
type MessengerClaims struct {
	// Id of the user in your own system. The Messenger refuses tokens without
	// it.
	UserID string
	// Email address, left out if empty.
	Email string
	// Name, left out if empty.
	Name string
	// When the token ends, in whole seconds. Zero means never: better give the
	// length of your own sessions.
	ExpiresAt time.Time
	// Further attributes of the user by their names in the Messenger, such as
	// phone, created_at or custom ones. The names of the fields above are taken.
	Attributes map[string]any
}

// UserJWT returns the intercom_user_jwt that proves to the Messenger who
// somebody is: a JSON Web Token signed by HS256 with the Messenger's secret,
// which stays on the server. It is an error if the secret or the claims'
// UserID is empty.
func UserJWT(secret string, claims MessengerClaims) (string, error) {
	switch {
	case secret == "":
		return "", errors.New("intercom: UserJWT: secret is empty")
	case claims.UserID == "":
		return "", errors.New("intercom: UserJWT: UserID is empty")
	}
	payload, err := claims.payload()
	if err != nil {
		return "", err
	}
	text := jwtHeader + "." + base64.RawURLEncoding.EncodeToString(payload)
	return text + "." + base64.RawURLEncoding.EncodeToString(hmacSHA256(secret, text)), nil
}

// jwtHeader is {"alg":"HS256","typ":"JWT"}.
const jwtHeader = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"

func (c MessengerClaims) payload() ([]byte, error) {
	payload := make(map[string]any, len(c.Attributes)+4)
	maps.Copy(payload, c.Attributes)
	for _, name := range []string{"user_id", "email", "name", "exp"} {
		if _, ok := payload[name]; ok {
			return nil, fmt.Errorf("intercom: UserJWT: attribute %s has a field of its own", name)
		}
	}
	payload["user_id"] = c.UserID
	if c.Email != "" {
		payload["email"] = c.Email
	}
	if c.Name != "" {
		payload["name"] = c.Name
	}
	if !c.ExpiresAt.IsZero() {
		payload["exp"] = c.ExpiresAt.Unix()
	}
	text, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("intercom: UserJWT: attributes: %w", err)
	}
	return text, nil
}

func hmacSHA256(secret, text string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}
