package intercom

import (
	"errors"
	"fmt"
	"os"

	"github.com/seed-8b687bef/intercom-go/internal/operations"
	"github.com/seed-8b687bef/intercom-go/internal/transport"
)

const userAgent = "intercom-go/" + Version

// Client talks to one workspace. It is immutable and safe for concurrent use;
// make one and keep it, because its connections and its rate limiter are worth
// sharing. With derives others from it.
type Client struct {
	// Admins are the teammates of the workspace.
	Admins *AdminsService
	// Articles are the pages of help centers.
	Articles *ArticlesService
	// Companies are the organizations that contacts belong to.
	Companies *CompaniesService
	// Contacts are the users and leads of the workspace.
	Contacts *ContactsService
	// Conversations are what contacts and teammates write to each other.
	Conversations *ConversationsService
	// DataAttributes describe the fields of contacts, companies and
	// conversations.
	DataAttributes *DataAttributesService
	// Events are what contacts did in your product.
	Events *EventsService
	// Export writes down who got which messages, as files.
	Export *ExportService
	// HelpCenter holds collections, sections and the help centers themselves.
	HelpCenter *HelpCenterService
	// Messages are what admins send to contacts of their own accord.
	Messages *MessagesService
	// News holds announcements and the newsfeeds that show them.
	News *NewsService
	// Notes are what admins wrote about contacts.
	Notes *NotesService
	// PhoneSwitch moves phone calls to the Messenger.
	PhoneSwitch *PhoneSwitchService
	// Segments are groups of contacts or companies that share traits.
	Segments *SegmentsService
	// SubscriptionTypes are the kinds of messages that contacts can agree to.
	SubscriptionTypes *SubscriptionTypesService
	// Tags are labels on contacts, companies and conversations.
	Tags *TagsService
	// Teams are groups of admins that conversations are assigned to.
	Teams *TeamsService
	// Tickets are requests that take work to resolve. They need
	// Intercom-Version 2.9.
	Tickets *TicketsService
	// TicketTypes are the kinds of tickets. They need Intercom-Version 2.9.
	TicketTypes *TicketTypesService
	// Visitors are people on your site of whom nobody knows yet who they are.
	Visitors *VisitorsService

	calls  callSettings
	core   *transport.Client
	scroll *scrollLock
}

// NewClient makes a client with an access token from Intercom's developer hub.
// The token may be empty if WithTokenSource gives one.
//
// Without options it talks to the US region in API version 2.8, tries three
// times where that is safe, gives each attempt 30 s and each call five
// minutes, and follows the rate limit that the answers tell.
func NewClient(token string, opts ...ClientOption) (*Client, error) {
	config := clientConfig{
		core: transport.Config{UserAgent: userAgent},
		calls: callSettings{
			transport: transport.DefaultSettings(),
			own:       true,
			version:   DefaultAPIVersion,
			prefetch:  true,
		},
	}
	if token != "" {
		opts = append([]ClientOption{WithToken(token)}, opts...)
	}
	opts = append([]ClientOption{WithRegion(US), WithVersion(DefaultAPIVersion)}, opts...)
	if err := config.apply(opts); err != nil {
		return nil, err
	}
	if config.core.Token == nil {
		return nil, errors.New("intercom: the access token is empty; pass the one from the developer hub, or WithTokenSource")
	}
	core, err := transport.New(config.core)
	if err != nil {
		return nil, err
	}
	return newClient(config.calls, core, newScrollLock()), nil
}

// NewClientFromEnv makes a client with the token in INTERCOM_ACCESS_TOKEN, for
// the region in INTERCOM_REGION (US, EU or AU; US if it is not set).
// INTERCOM_BASE_URL sends the calls to another server, as WithBaseURL does, so
// that a program can be tried on a fake workspace. Options go before the
// environment.
func NewClientFromEnv(opts ...ClientOption) (*Client, error) {
	token := os.Getenv("INTERCOM_ACCESS_TOKEN")
	if token == "" {
		return nil, errors.New("intercom: INTERCOM_ACCESS_TOKEN is not set")
	}
	var fromEnv []ClientOption
	if region := os.Getenv("INTERCOM_REGION"); region != "" {
		fromEnv = append(fromEnv, WithRegion(Region(region)))
	}
	if base := os.Getenv("INTERCOM_BASE_URL"); base != "" {
		fromEnv = append(fromEnv, WithBaseURL(base))
	}
	return NewClient(token, append(fromEnv, opts...)...)
}

// With derives a client that differs in the given options and shares the
// connections, for another workspace's token, another version or other
// headers. The rate limiter is shared too, unless the token or the limiter
// differs: the limit belongs to the workspace.
func (c *Client) With(opts ...ClientOption) (*Client, error) {
	if c == nil || c.core == nil {
		return nil, fmt.Errorf("intercom: Client.With: %w", errNotMade)
	}
	config := clientConfig{calls: c.calls}
	if err := config.apply(opts); err != nil {
		return nil, err
	}
	if config.core.HTTPClient != nil {
		return nil, errors.New("intercom: Client.With shares the connections, so it can't take WithHTTPClient; use NewClient")
	}
	core, err := c.core.With(transport.Changes{
		BaseURL:   config.core.BaseURL,
		Token:     config.core.Token,
		UserAgent: config.core.UserAgent,
		Limiter:   config.core.Limiter,
	})
	if err != nil {
		return nil, err
	}
	scroll := c.scroll
	if config.core.Token != nil {
		scroll = newScrollLock() // Another workspace, for all we know.
	}
	return newClient(config.calls, core, scroll), nil
}

// errNotMade is for a Client that somebody wrote down as a literal.
var errNotMade = errors.New("the client is empty; make one with NewClient")

func (c *clientConfig) apply(opts []ClientOption) error {
	for _, o := range opts {
		if o == nil {
			return errors.New("intercom: an option is nil")
		}
		if err := o.applyToClient(c); err != nil {
			return err
		}
	}
	return nil
}

func newClient(calls callSettings, core *transport.Client, scroll *scrollLock) *Client {
	calls.own = false
	c := &Client{calls: calls, core: core, scroll: scroll}
	c.Admins = newAdminsService(c)
	c.Articles = &ArticlesService{c}
	c.Companies = newCompaniesService(c)
	c.Contacts = newContactsService(c)
	c.Conversations = newConversationsService(c)
	c.DataAttributes = &DataAttributesService{c}
	c.Events = &EventsService{c}
	c.Export = &ExportService{c}
	c.HelpCenter = newHelpCenterService(c)
	c.Messages = &MessagesService{c}
	c.News = newNewsService(c)
	c.Notes = &NotesService{c}
	c.PhoneSwitch = &PhoneSwitchService{c}
	c.Segments = &SegmentsService{c}
	c.SubscriptionTypes = &SubscriptionTypesService{c}
	c.Tags = &TagsService{c}
	c.Teams = &TeamsService{c}
	c.Tickets = newTicketsService(c)
	c.TicketTypes = newTicketTypesService(c)
	c.Visitors = &VisitorsService{c}
	return c
}

// APIVersion returns the version that the client speaks.
func (c *Client) APIVersion() APIVersion {
	if c == nil {
		return ""
	}
	return c.calls.version
}

// CloseIdleConnections closes connections that no call is using. The client
// stays usable.
func (c *Client) CloseIdleConnections() {
	if c != nil && c.core != nil {
		c.core.CloseIdleConnections()
	}
}

// String tells the version and nothing secret.
func (c *Client) String() string {
	return fmt.Sprintf("intercom.Client(%s)", c.APIVersion())
}

// GoString keeps %#v from walking through the client.
func (c *Client) GoString() string { return c.String() }

// settingsOf returns the settings of a call.
func (c *Client) settingsOf(op *operations.Operation, opts []CallOption) (*callSettings, error) {
	if c == nil || c.core == nil {
		return nil, fmt.Errorf("intercom: %s: %w", op.Name, errNotMade)
	}
	if len(opts) == 0 {
		return &c.calls, nil
	}
	settings := c.calls
	for _, o := range opts {
		if o == nil {
			return nil, fmt.Errorf("intercom: %s: an option is nil", op.Name)
		}
		if err := o.applyToCall(&settings); err != nil {
			return nil, fmt.Errorf("intercom: %s: %w", op.Name, trimPrefix(err))
		}
	}
	return &settings, nil
}
