package intercomtest

import (
	"slices"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var subscriptionTypesRoom = room{
	operations.SubscriptionTypesList: (*workspace).listSubscriptionTypes,
}

// choice is what a contact said about a subscription type.
type choice struct {
	id      string
	consent intercom.ConsentType
}

// seedSubscriptionType adds a subscription type.
func (w *workspace) seedSubscriptionType(s *intercom.SubscriptionType) {
	fillFrom(&s.ID, w.ids.number)
	fill(&s.State, intercom.SubscriptionTypeStateLive)
	fill(&s.ConsentType, intercom.ConsentTypeOptOut)
	if s.DefaultTranslation == nil {
		s.DefaultTranslation = &intercom.Translation{Name: "Mailing " + s.ID, Locale: "en"}
	}
	if s.Translations == nil {
		s.Translations = []intercom.Translation{*s.DefaultTranslation}
	}
	if s.ContentTypes == nil {
		s.ContentTypes = []intercom.SubscriptionContentType{intercom.SubscriptionContentTypeEmail}
	}
	s.Type = "subscription"
	w.subscriptionTypes.put(s.ID, w.now(), *s)
}

// choose records what a contact says about a subscription type.
func (w *workspace) choose(c *contact, id string, consent intercom.ConsentType) {
	if w.subscriptionTypes.get(id) != nil {
		c.unchoose(id)
		c.choices = append(c.choices, choice{id, consent})
	}
}

// unchoose takes back what a contact said about a subscription type.
func (c *contact) unchoose(id string) {
	c.choices = slices.DeleteFunc(c.choices, func(have choice) bool { return have.id == id })
}

// choiceLinks lists the subscription types that a contact agreed to, or those
// that it refused.
func choiceLinks(c *contact, path string, consent intercom.ConsentType) *intercom.LinkList {
	var list []choice
	for _, have := range c.choices {
		if have.consent == consent {
			list = append(list, have)
		}
	}
	return newLinkList(list, path+"subscriptions", func(have choice) intercom.Link {
		return intercom.Link{Type: "subscription", ID: have.id, URL: "/subscription_types/" + have.id}
	})
}

func (w *workspace) listSubscriptionTypes(r *request) (any, error) {
	return wholePage(r, w.subscriptionTypes.all(), plain)
}

func (w *workspace) subscriptionType(id string) (*item[intercom.SubscriptionType], error) {
	if it := w.subscriptionTypes.get(id); it != nil {
		return it, nil
	}
	return nil, notFound("Subscription Type")
}

// listContactSubscriptions lists the subscription types of which a contact
// departed from the rule: those to agree to that it agreed to, and those to
// refuse that it refused.
func (w *workspace) listContactSubscriptions(r *request) (any, error) {
	it, err := w.contact(r, r.param("contact_id"))
	if err != nil {
		return nil, err
	}
	var list []*item[intercom.SubscriptionType]
	for _, c := range it.value.choices {
		if s := w.subscriptionTypes.get(c.id); s != nil && s.value.ConsentType == c.consent {
			list = append(list, s)
		}
	}
	return wholePage(r, list, plain)
}

func (w *workspace) attachContactSubscription(r *request) (any, error) {
	it, err := w.contact(r, r.param("contact_id"))
	if err != nil {
		return nil, err
	}
	r.body.require("id", "consent_type")
	id := r.body.value("id")
	consent, _ := r.body.word("consent_type", "opt_out", "opt_in").Get()
	if r.body.err != nil {
		return nil, r.body.err
	}
	s, err := w.subscriptionType(id)
	if err != nil {
		return nil, err
	}
	w.choose(&it.value, id, intercom.ConsentType(consent))
	return &s.value, nil
}

func (w *workspace) detachContactSubscription(r *request) (any, error) {
	it, err := w.contact(r, r.param("contact_id"))
	if err != nil {
		return nil, err
	}
	s, err := w.subscriptionType(r.param("id"))
	if err != nil {
		return nil, err
	}
	it.value.unchoose(s.id)
	if w.quirks {
		return nil, nil // The real one answers with nothing at all now and then.
	}
	return &s.value, nil
}
