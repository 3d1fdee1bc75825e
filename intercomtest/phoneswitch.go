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

// phoneError answers in the shape that errors have here and nowhere else.
func phoneError(status int, key, message string) (any, error) {
	return &response{status: status, body: object{{"error_key", key}, {"message", message}}}, nil
}

// createPhoneSwitch records that a link was sent to a caller.
func (w *workspace) createPhoneSwitch(r *request) (any, error) {
	f := r.body
	phone := f.value("phone")
	if !phoneNumber.MatchString(phone) {
		return phoneError(http.StatusBadRequest, "invalid_phone_number", "The phone number has to be in E.164 form")
	}
	var values intercom.CustomAttributes
	w.changeAttributes(f, intercom.DataAttributeModelContact, &values)
	if f.err != nil {
		return phoneError(http.StatusUnprocessableEntity, "invalid_custom_attributes", f.err.Error())
	}
	for _, it := range w.contacts.active() {
		if it.value.data.Phone == phone {
			w.changeAttributes(f, intercom.DataAttributeModelContact, &it.value.data.CustomAttributes)
			it.value.data.UpdatedAt = w.now()
		}
	}
	s := intercom.PhoneSwitch{Type: "phone_call_redirect", Phone: phone, URL: "https://via." + workspaceDomain + "/" + w.ids.number()}
	return &w.phoneSwitches.put(w.ids.number(), w.now(), s).value, nil
}
