package intercomtest

import (
	"cmp"

	"github.com/seed-8b687bef/intercom-go"
)

// newContactSearch tells how contacts are searched.
func newContactSearch(w *workspace) *searchable[contact] {
	s := &searchable[contact]{fields: map[string]searchField[contact]{}, prefix: "custom_attributes.", wholeDays: true}
	s.attribute = func(name string) searchField[contact] {
		return attributeField[contact]{name: name, of: func(c *contact) *intercom.CustomAttributes { return &c.data.CustomAttributes }}
	}
	for name, get := range contactTexts {
		s.fields[name] = get
	}
	s.fields["email"] = foldedField[contact](func(c *contact) string { return c.data.Email })
	s.fields["email_domain"] = foldedField[contact](func(c *contact) string { return c.data.EmailDomain })
	for name, get := range contactMoments {
		s.fields[name] = get
	}
	for name, get := range contactFlags {
		s.fields[name] = get
	}
	s.fields["owner_id"] = idField[contact](func(c *contact) string { return c.data.OwnerID })
	s.fields["tag_id"] = equalField[contact]{listField[contact](func(c *contact, has func(string) bool) bool {
		for _, t := range c.tags {
			if has(t.id) {
				return true
			}
		}
		return false
	})}
	s.fields["segment_id"] = listField[contact](func(c *contact, has func(string) bool) bool {
		for _, it := range w.segments.all() {
			if has(it.id) && it.value.holds(c) {
				return true
			}
		}
		return false
	})
	return s
}

// noAvatar is that of contacts without one. It is never written to.
var noAvatar intercom.Avatar

// contactTexts are the strings that contacts are searched by.
var contactTexts = map[string]textField[contact]{
	"id":                  func(c *contact) string { return c.data.ID },
	"role":                func(c *contact) string { return string(c.data.Role) },
	"external_id":         func(c *contact) string { return c.data.ExternalID },
	"name":                func(c *contact) string { return c.data.Name },
	"avatar":              func(c *contact) string { return cmp.Or(c.data.Avatar, &noAvatar).ImageURL },
	"phone":               func(c *contact) string { return c.data.Phone },
	"formatted_phone":     func(c *contact) string { return c.data.FormattedPhone },
	"language_override":   func(c *contact) string { return c.data.LanguageOverride },
	"browser":             func(c *contact) string { return c.data.Browser },
	"browser_version":     func(c *contact) string { return c.data.BrowserVersion },
	"browser_language":    func(c *contact) string { return c.data.BrowserLanguage },
	"os":                  func(c *contact) string { return c.data.OS },
	"location.country":    func(c *contact) string { return c.data.Location.Country },
	"location.region":     func(c *contact) string { return c.data.Location.Region },
	"location.city":       func(c *contact) string { return c.data.Location.City },
	"android_app_name":    func(c *contact) string { return c.data.AndroidAppName },
	"android_app_version": func(c *contact) string { return c.data.AndroidAppVersion },
	"android_device":      func(c *contact) string { return c.data.AndroidDevice },
	"android_os_version":  func(c *contact) string { return c.data.AndroidOSVersion },
	"android_sdk_version": func(c *contact) string { return c.data.AndroidSDKVersion },
	"ios_app_name":        func(c *contact) string { return c.data.IOSAppName },
	"ios_app_version":     func(c *contact) string { return c.data.IOSAppVersion },
	"ios_device":          func(c *contact) string { return c.data.IOSDevice },
	"ios_app_device":      func(c *contact) string { return c.data.IOSDevice }, // Its older name.
	"ios_os_version":      func(c *contact) string { return c.data.IOSOSVersion },
	"ios_sdk_version":     func(c *contact) string { return c.data.IOSSDKVersion },
	"utm_campaign":        func(c *contact) string { return c.data.UTMCampaign },
	"utm_content":         func(c *contact) string { return c.data.UTMContent },
	"utm_medium":          func(c *contact) string { return c.data.UTMMedium },
	"utm_source":          func(c *contact) string { return c.data.UTMSource },
	"utm_term":            func(c *contact) string { return c.data.UTMTerm },
	"referrer":            func(c *contact) string { return c.data.Referrer },
}

// contactMoments are the times that contacts are searched by.
var contactMoments = map[string]momentField[contact]{
	"created_at":            func(c *contact) intercom.Timestamp { return c.data.CreatedAt },
	"updated_at":            func(c *contact) intercom.Timestamp { return c.data.UpdatedAt },
	"signed_up_at":          func(c *contact) intercom.Timestamp { return c.data.SignedUpAt },
	"last_seen_at":          func(c *contact) intercom.Timestamp { return c.data.LastSeenAt },
	"last_replied_at":       func(c *contact) intercom.Timestamp { return c.data.LastRepliedAt },
	"last_contacted_at":     func(c *contact) intercom.Timestamp { return c.data.LastContactedAt },
	"last_email_opened_at":  func(c *contact) intercom.Timestamp { return c.data.LastEmailOpenedAt },
	"last_email_clicked_at": func(c *contact) intercom.Timestamp { return c.data.LastEmailClickedAt },
	"android_last_seen_at":  func(c *contact) intercom.Timestamp { return c.data.AndroidLastSeenAt },
	"ios_last_seen_at":      func(c *contact) intercom.Timestamp { return c.data.IOSLastSeenAt },
}

// contactFlags are the booleans that contacts are searched by.
var contactFlags = map[string]flagField[contact]{
	"has_hard_bounced":         func(c *contact) bool { return c.data.HasHardBounced },
	"marked_email_as_spam":     func(c *contact) bool { return c.data.MarkedEmailAsSpam },
	"unsubscribed_from_emails": func(c *contact) bool { return c.data.UnsubscribedFromEmails },
	"unsubscribed_from_sms":    func(c *contact) bool { return c.data.UnsubscribedFromSMS },
}
