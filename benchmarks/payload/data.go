package payload

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

var (
	firstNames = []string{"Amara", "Björn", "Carlos", "Daria", "Élodie", "Farid", "Greta", "Hiroshi", "Inês", "Jakub", "Kaya", "Łucja", "Mateo", "Noor", "Oskar", "Pilar", "Rahul", "Søren", "Tess", "Wanjiru"}
	lastNames  = []string{"Abebe", "Brandt", "Castellanos", "Dubois", "Eriksen", "Fontaine", "Grünwald", "Hansen", "Ionescu", "Jovanović", "Kowalska", "Lindqvist", "Moreau", "Ndiaye", "Okafor", "Ó Briain"}
	cities     = []string{"Kraków", "Nairobi", "Montréal", "Leeds", "Århus"}
	domains    = []string{"example.com", "example.org", "mail.example.net", "shop.example"}
	words      = strings.Fields("after the update our report shows two of every three orders twice and support could not say whether this is known or when it might be fixed please have a look at the attached export thank you")
)

func pick[T any](r random, list []T) T { return list[r.IntN(len(list))] }

// chance is p times in one.
func (r random) chance(p float64) bool { return r.Float64() < p }

// maybe is a value, or null.
func maybe[T any](r random, p float64, value func() T) any {
	if r.chance(p) {
		return value()
	}
	return nil
}

func (r random) from(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

func (r random) hex(n int) string    { return r.from("0123456789abcdef", n) }
func (r random) digits(n int) string { return r.from("123456789", n) }
func (r random) time() int           { return 1_600_000_000 + r.IntN(150_000_000) }
func (r random) adminID() int        { return 1_000_000 + r.IntN(9_000_000) }

func (r random) sentence(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = pick(r, words)
	}
	return strings.Join(list, " ")
}

func cursor(number int) string {
	return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, `[17096%d2000,"a1b2c3d4-b234-4da3",%d]`, number, number))
}

// linked is a list of references that belongs to a contact.
func (r random) linked(kind, plural, contact string, n int) object {
	data := make([]any, n)
	for i := range data {
		data[i] = obj("type", kind, "id", r.digits(7), "url", "/"+plural+"/"+r.digits(7))
	}
	return obj("type", "list", "data", data, "url", "/contacts/"+contact+"/"+plural, "total_count", n, "has_more", false)
}

func (r random) profiles(name string) object {
	var data []any
	for _, network := range []string{"Twitter", "Facebook", "LinkedIn"}[:r.IntN(3)] {
		data = append(data, obj("type", "social_profile", "name", network, "url", "https://"+strings.ToLower(network)+".example/"+name+r.digits(4)))
	}
	return obj("type", "list", "data", append([]any{}, data...))
}

func (r random) contact() object {
	id, first, last, domain := r.hex(24), pick(r, firstNames), pick(r, lastNames), pick(r, domains)
	name := strings.ToLower(first)
	android, ios := r.chance(.25), r.chance(.25)
	some := func(p float64, s string) any { return maybe(r, p, func() string { return s }) }
	when := func(p float64) any { return maybe(r, p, r.time) }
	device := func(has bool, value any) any {
		if has {
			return value
		}
		return nil
	}
	return obj(
		"type", "contact", "id", id, "workspace_id", "qx7abcd3",
		"external_id", maybe(r, .8, func() string { return "cust-" + r.digits(8) }),
		"role", pick(r, []string{"user", "lead"}),
		"email", name+"."+r.digits(5)+"@"+domain, "email_domain", domain,
		"phone", maybe(r, .6, func() string { return "+44" + r.digits(10) }),
		"name", some(.95, first+" "+last),
		"avatar", maybe(r, .5, func() object {
			return obj("type", "avatar", "image_url", "https://pictures.example/avatars/"+r.digits(7)+"/square_128/"+r.hex(16)+".png?"+r.digits(10))
		}),
		"owner_id", maybe(r, .5, r.adminID),
		"social_profiles", r.profiles(name),
		"has_hard_bounced", false, "marked_email_as_spam", false, "unsubscribed_from_emails", r.chance(.2),
		"created_at", r.time(), "updated_at", r.time(), "signed_up_at", when(.8), "last_seen_at", when(.8),
		"last_replied_at", when(.5), "last_contacted_at", when(.7), "last_email_opened_at", when(.5), "last_email_clicked_at", when(.3),
		"language_override", some(.1, "pt-BR"), "browser", some(.8, "firefox"),
		"browser_version", maybe(r, .8, func() string { return fmt.Sprintf("%d.0.%s.%s", 90+r.IntN(50), r.digits(4), r.digits(2)) }),
		"browser_language", some(.8, "en-gb"), "os", some(.8, "Windows 11"),
		"location", obj("type", "location", "country", "Poland", "region", "Lesser Poland", "city", pick(r, cities), "country_code", "POL", "continent_code", "EU"),
		"android_app_name", device(android, "Harbour"), "android_app_version", device(android, "7.2.1"), "android_device", device(android, "Fairphone 5"),
		"android_os_version", device(android, "14"), "android_sdk_version", device(android, "15.9.1"), "android_last_seen_at", device(android, r.time()),
		"ios_app_name", device(ios, "Harbour"), "ios_app_version", device(ios, "7.2.1"), "ios_device", device(ios, "iPhone14,7"),
		"ios_os_version", device(ios, "17.4"), "ios_sdk_version", device(ios, "17.0.2"), "ios_last_seen_at", device(ios, r.time()),
		"custom_attributes", obj(
			"tier", pick(r, []string{"starter", "team", "company"}), "yearly_value", float64(r.IntN(100_000))/100, "licences", r.IntN(500),
			"is_trial", r.chance(.3), "found_us_by", pick(r, []string{"a friend", "a fair", "a search"}), "renews_at", r.time(), "ledger_id", r.hex(18),
			"remarks", maybe(r, .5, func() string { return r.sentence(8) }),
		),
		"tags", r.linked("tag", "tags", id, r.IntN(4)), "notes", r.linked("note", "notes", id, r.IntN(3)), "companies", r.linked("company", "companies", id, r.IntN(3)),
		"opted_out_subscription_types", r.linked("subscription", "subscriptions", id, r.IntN(2)),
		"opted_in_subscription_types", r.linked("subscription", "subscriptions", id, r.IntN(2)),
		"utm_campaign", nil, "utm_content", nil, "utm_medium", some(.2, "email"), "utm_source", some(.2, "newsletter"), "utm_term", nil,
		"referrer", some(.5, "https://search.example/"), "sms_consent", false, "unsubscribed_from_sms", false,
	)
}

// markup is what people write in the editor of the inbox.
func (r random) markup(paragraphs int) string {
	list := make([]string, paragraphs)
	for i := range list {
		text := r.sentence(8 + r.IntN(32))
		switch p := r.Float64(); {
		case p < .25:
			text += ` <a href="https://help.example/article/` + r.digits(5) + `?from=inbox&amp;lang=en" rel="nofollow noopener noreferrer" target="_blank">` + pick(r, words) + `</a>`
		case p < .4:
			text += "</p>\n" + `<div class="picture-container"><img src="https://files.example/i/o/` + r.digits(9) + "/" + r.hex(24) + "/image.png?expires=" + r.digits(10) + "&amp;signature=" + r.hex(64) + `"></div><p>`
		case p < .5:
			text += " „très bien” – crème brûlée 🍮"
		}
		list[i] = `<p class="no-margin">` + text + `</p>`
	}
	return strings.Join(list, "\n")
}

func (r random) author(kind string) object {
	id := r.digits(7)
	if kind == "user" {
		id = r.hex(24)
	}
	return obj("type", kind, "id", id, "name", maybe(r, .95, func() string { return pick(r, firstNames) + " " + pick(r, lastNames) }), "email", r.hex(6)+"@example.com")
}

func (r random) attachment() object {
	name := "scan-" + r.digits(4) + ".png"
	return obj("type", "upload", "name", name, "url", "https://files.example/i/o/"+r.digits(9)+"/"+r.hex(24)+"/"+name+"?expires="+r.digits(10)+"&signature="+r.hex(64),
		"content_type", "image/png", "filesize", r.IntN(1_000_000), "width", 1600, "height", 900)
}

func (r random) part() object {
	kind, body, files := pick(r, []string{"assignment", "close", "open", "snoozed"}), any(nil), []any{}
	if r.chance(.7) {
		kind, body = pick(r, []string{"comment", "note"}), r.markup(1+r.IntN(4))
		if r.chance(.15) {
			files = append(files, r.attachment())
		}
	}
	return obj(
		"type", "conversation_part", "id", r.digits(11), "part_type", kind, "body", body,
		"created_at", r.time(), "updated_at", r.time(), "notified_at", r.time(),
		"assigned_to", maybe(r, .2, func() object { return obj("type", "admin", "id", r.digits(7)) }),
		"author", r.author(pick(r, []string{"admin", "user", "bot"})), "attachments", files, "external_id", nil, "redacted", false,
	)
}

func (r random) statistics() object {
	o := obj("type", "conversation_statistics")
	for _, name := range []string{"time_to_assignment", "time_to_admin_reply", "time_to_first_close", "time_to_last_close", "median_time_to_reply"} {
		o = append(o, member{name, maybe(r, .8, func() int { return r.IntN(100_000) })})
	}
	for _, name := range []string{"first_contact_reply_at", "first_assignment_at", "first_admin_reply_at", "first_close_at", "last_assignment_at", "last_assignment_admin_reply_at", "last_contact_reply_at", "last_admin_reply_at", "last_close_at"} {
		o = append(o, member{name, maybe(r, .8, r.time)})
	}
	return append(o, obj(
		"last_closed_by_id", maybe(r, .5, func() string { return r.digits(7) }),
		"count_reopens", r.IntN(3), "count_assignments", r.IntN(5), "count_conversation_parts", r.IntN(50),
	)...)
}

func (r random) tags(n int, applied bool) object {
	tags := make([]any, n)
	for i := range tags {
		tag := obj("type", "tag", "id", r.digits(7), "name", pick(r, words))
		if applied {
			tag = append(tag, obj("applied_at", r.time(), "applied_by", obj("type", "admin", "id", r.digits(7)))...)
		}
		tags[i] = tag
	}
	return obj("type", "tag.list", "tags", tags)
}

func (r random) rating() object {
	return obj("rating", 1+r.IntN(5), "remark", maybe(r, .5, func() string { return r.sentence(9) }), "created_at", r.time(),
		"contact", obj("type", "contact", "id", r.hex(24), "external_id", r.digits(8)), "teammate", obj("type", "admin", "id", r.digits(7)))
}

func (r random) conversation(parts int) object {
	teammates := []any{}
	for range 1 + r.IntN(2) {
		teammates = append(teammates, obj("type", "admin", "id", r.digits(7)))
	}
	o := obj(
		"type", "conversation", "id", r.digits(12), "title", maybe(r, .7, func() string { return r.sentence(6) }),
		"created_at", r.time(), "updated_at", r.time(), "waiting_since", maybe(r, .4, r.time), "snoozed_until", nil,
		"open", r.chance(.5), "state", pick(r, []string{"open", "closed"}), "read", true, "priority", pick(r, []string{"priority", "not_priority"}),
		"admin_assignee_id", maybe(r, .7, r.adminID), "team_assignee_id", maybe(r, .6, r.adminID),
		"tags", r.tags(r.IntN(3), true), "conversation_rating", maybe(r, .3, r.rating),
		"source", obj("type", "conversation", "id", r.digits(9), "delivered_as", "customer_initiated", "subject", "", "body", r.markup(2),
			"author", r.author("user"), "attachments", []any{}, "url", maybe(r, .8, func() string { return "https://app.example.com/billing/" + r.digits(5) }), "redacted", false),
		"contacts", obj("type", "contact.list", "contacts", []any{obj("type", "contact", "id", r.hex(24), "external_id", r.digits(8))}),
		"teammates", obj("type", "admin.list", "teammates", teammates),
		"custom_attributes", obj("Topic", pick(r, []string{"invoice", "defect", "how to"}), "Churn risk", r.chance(.2), "Revenue", r.IntN(1_000_000), "Summary", r.sentence(6)),
		"first_contact_reply", maybe(r, .8, func() object {
			return obj("created_at", r.time(), "type", "conversation", "url", "https://app.example.com/")
		}),
		"sla_applied", maybe(r, .3, func() object {
			return obj("type", "conversation_sla_summary", "sla_name", "Gold", "sla_status", "hit")
		}),
		"statistics", r.statistics(),
	)
	if parts > 0 {
		list := make([]any, parts)
		for i := range list {
			list[i] = r.part()
		}
		o = append(o, member{"conversation_parts", obj("type", "conversation_part.list", "conversation_parts", list, "total_count", parts)})
	}
	return o
}

func (r random) company() object {
	segments := make([]any, r.IntN(3))
	for i := range segments {
		segments[i] = obj("type", "segment", "id", r.hex(24), "name", "Awake", "created_at", r.time(), "updated_at", r.time(), "person_type", "user")
	}
	return obj(
		"type", "company", "company_id", "org-"+r.digits(6), "id", r.hex(24), "app_id", "qx7abcd3", "name", pick(r, lastNames)+" & Daughters",
		"remote_created_at", maybe(r, .9, r.time), "created_at", r.time(), "updated_at", r.time(), "last_request_at", maybe(r, .8, r.time),
		"size", maybe(r, .6, func() int { return r.IntN(5000) }), "website", maybe(r, .7, func() string { return "https://" + r.hex(5) + ".example.com" }),
		"industry", maybe(r, .7, func() string { return "Shipping" }), "monthly_spend", r.IntN(100_000), "session_count", r.IntN(100_000), "user_count", r.IntN(500),
		"plan", maybe(r, .6, func() object { return obj("type", "plan", "id", r.digits(6), "name", "Company") }),
		"custom_attributes", obj("grade", "silver", "territory", "APAC", "renewal_at", strconv.Itoa(r.time()), "manager", pick(r, firstNames)),
		"tags", r.tags(r.IntN(3), false), "segments", obj("type", "segment.list", "segments", segments),
	)
}
