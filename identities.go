package intercom

import "encoding/json"

// ContactIdentity names a contact by one of its three names. Make one with
// ContactByID, ContactByExternalID or ContactByEmail.
type ContactIdentity struct{ id, externalID, email string }

// ContactByID names a contact by the id that Intercom gave it.
func ContactByID(id string) ContactIdentity { return ContactIdentity{id: id} }

// ContactByExternalID names a contact by the id that your own system gave it.
func ContactByExternalID(id string) ContactIdentity { return ContactIdentity{externalID: id} }

// ContactByEmail names a contact by its email address.
func ContactByEmail(email string) ContactIdentity { return ContactIdentity{email: email} }

// IsZero tells whether no contact is named.
func (c ContactIdentity) IsZero() bool { return c == ContactIdentity{} }

// MarshalJSON writes the name as conversations take it.
func (c ContactIdentity) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		ID         string `json:"intercom_user_id,omitzero"`
		ExternalID string `json:"user_id,omitzero"`
		Email      string `json:"email,omitzero"`
	}{c.id, c.externalID, c.email})
}

// ConversationAssignee is who gets a conversation. Make one with AssignToAdmin,
// AssignToTeam, AssignToNobody or AssignToNoTeam.
type ConversationAssignee struct{ kind, id string }

// AssignToAdmin gives a conversation to the admin with an id.
func AssignToAdmin(id string) ConversationAssignee { return ConversationAssignee{"admin", id} }

// AssignToTeam gives a conversation to the team with an id. The admin in charge
// stays.
func AssignToTeam(id string) ConversationAssignee { return ConversationAssignee{"team", id} }

// AssignToNobody takes a conversation away from the admin in charge.
func AssignToNobody() ConversationAssignee { return ConversationAssignee{"admin", "0"} }

// AssignToNoTeam takes a conversation away from the team in charge.
func AssignToNoTeam() ConversationAssignee { return ConversationAssignee{"team", "0"} }

// IsZero tells whether nobody is named, not even AssignToNobody's nobody.
func (a ConversationAssignee) IsZero() bool { return a.id == "" }

// MarshalJSON writes the members that name the assignee.
func (a ConversationAssignee) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Kind string `json:"type"`
		ID   string `json:"assignee_id"`
	}{a.kind, a.id})
}
