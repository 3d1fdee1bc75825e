package intercomtest

import (
	"net/http"
	"regexp"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var phoneSwitchRoom = room{
	operations.PhoneSwitchCreate: (*workspace).createPhoneSwitch,
}

// phoneNumber is a number in E.164 form.
var phoneNumber = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// createPhoneSwitch records that a link was sent to a caller. Its errors have a
// shape of their own.
func (w *workspace) createPhoneSwitch(r *request) (any, error) {
	phone := r.body.value("phone")
	if r.body.err != nil || !phoneNumber.MatchString(phone) {
		return &response{status: http.StatusBadRequest, body: object{
			{"error_key", "invalid_phone_number"}, {"message", "The phone number has to be in E.164 form"},
		}}, nil
	}
	var values intercom.CustomAttributes
	if w.changeAttributes(r.body, intercom.DataAttributeModelContact, &values); r.body.err != nil {
		return &response{status: http.StatusUnprocessableEntity, body: object{
			{"error_key", "invalid_custom_attributes"}, {"message", r.body.err.Error()},
		}}, nil
	}
	for _, it := range w.contacts.active() {
		if it.value.data.Phone == phone {
			w.changeAttributes(r.body, intercom.DataAttributeModelContact, &it.value.data.CustomAttributes)
			it.value.data.UpdatedAt = w.now()
		}
	}
	s := intercom.PhoneSwitch{Type: "phone_call_redirect", Phone: phone, URL: "https://via." + workspaceDomain + "/" + w.ids.number()}
	return &w.phoneSwitches.put(w.ids.number(), w.now(), s).value, nil
}
