package intercomtest

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-8b687bef/intercom-go"
	"github.com/seed-8b687bef/intercom-go/internal/operations"
)

var dataAttributesRoom = room{
	operations.DataAttributesList:   (*workspace).listDataAttributes,
	operations.DataAttributesCreate: (*workspace).createDataAttribute,
	operations.DataAttributesUpdate: (*workspace).updateDataAttribute,
}

// seedDataAttribute defines an attribute.
func (w *workspace) seedDataAttribute(a *intercom.DataAttribute) {
	fillFrom(&a.ID, w.ids.number)
	fill(&a.Name, "attribute_"+a.ID)
	fill(&a.Model, intercom.DataAttributeModelContact)
	fill(&a.DataType, intercom.DataAttributeTypeString)
	fill(&a.Label, a.Name)
	fill(&a.FullName, "custom_attributes."+a.Name)
	fill(&a.AdminID, w.me)
	fill(&a.CreatedAt, w.now())
	fill(&a.UpdatedAt, a.CreatedAt)
	a.Type, a.Custom, a.APIWritable, a.UIWritable = "data_attribute", true, true, true
	w.attributes.put(a.ID, a.CreatedAt, *a)
}

// attributeNamed finds the definition of an attribute, nil if there is none.
func (w *workspace) attributeNamed(model intercom.DataAttributeModel, name string) *intercom.DataAttribute {
	for _, it := range w.attributes.all() {
		if it.value.Name == name && it.value.Model == model {
			return &it.value
		}
	}
	return nil
}

// define defines the attributes that a seeded object has.
func (w *workspace) define(model intercom.DataAttributeModel, values intercom.CustomAttributes) {
	for name, value := range values.All() {
		if w.attributeNamed(model, name) == nil {
			w.seedDataAttribute(&intercom.DataAttribute{Name: name, Model: model, DataType: typeOf(name, value)})
		}
	}
}

// typeOf guesses what the values of an attribute are like.
func typeOf(name string, value any) intercom.DataAttributeType {
	switch v := value.(type) {
	case bool:
		return intercom.DataAttributeTypeBoolean
	case json.Number:
		if strings.HasSuffix(name, "_at") {
			return intercom.DataAttributeTypeDate
		}
		if _, err := strconv.ParseInt(v.String(), 10, 64); err != nil {
			return intercom.DataAttributeTypeFloat
		}
		return intercom.DataAttributeTypeInteger
	default:
		return intercom.DataAttributeTypeString
	}
}

// changeAttributes writes the custom attributes of a request into an object.
// Those of contacts have to be defined first; the API defines those of
// companies by itself.
func (w *workspace) changeAttributes(f *fields, model intercom.DataAttributeModel, to *intercom.CustomAttributes) {
	inner := f.object("custom_attributes")
	changed := *to
	for _, name := range slices.Sorted(maps.Keys(inner.members)) {
		value := inner.members[name]
		definition := w.attributeNamed(model, name)
		switch {
		case definition == nil && model == intercom.DataAttributeModelContact:
			inner.err = cmp.Or(inner.err, invalid("custom_attributes", "Custom attribute '"+name+"' does not exist"))
		case definition != nil && definition.Archived:
			inner.err = cmp.Or(inner.err, invalid("custom_attributes", "Custom attribute '"+name+"' is archived"))
		case !fits(definition, value):
			inner.fail(name, "does not fit the type of the attribute")
		}
		if inner.err == nil {
			changed.Set(name, value)
		}
	}
	f.check(inner)
	if f.err == nil {
		*to = changed
		w.define(model, changed)
	}
}

// fits tells whether a value fits the definition of its attribute, nil for one
// that is to be defined.
func fits(a *intercom.DataAttribute, value any) bool {
	text, scalar := scalarText(value)
	switch {
	case value == nil:
		return true
	case !scalar:
		return false
	case a == nil:
		return true
	}
	switch a.DataType {
	case intercom.DataAttributeTypeBoolean:
		return text == "true" || text == "false"
	case intercom.DataAttributeTypeInteger, intercom.DataAttributeTypeDate, intercom.DataAttributeTypeDatetime:
		_, ok := wholeNumber(value)
		return ok
	case intercom.DataAttributeTypeFloat:
		_, err := strconv.ParseFloat(text, 64)
		return err == nil
	default:
		return len(a.Options) == 0 || slices.Contains(a.Options, text)
	}
}

func (w *workspace) listDataAttributes(r *request) (any, error) {
	model := r.query.Get("model")
	if model != "" && model != "contact" && model != "company" && (model != "conversation" || r.since(2016)) {
		return nil, invalid("model", "model must be contact, company or conversation")
	}
	var list []*intercom.DataAttribute
	wanted := func(a *intercom.DataAttribute) bool {
		return (model == "" || model == string(a.Model)) && (!a.Archived || r.flag("include_archived"))
	}
	for i := range builtInAttributes {
		if a := &builtInAttributes[i]; wanted(a) {
			list = append(list, a)
		}
	}
	for _, it := range w.attributes.all() {
		if wanted(&it.value) {
			list = append(list, &it.value)
		}
	}
	return wholePage(r, list, func(a *intercom.DataAttribute) any { return a })
}

func (w *workspace) createDataAttribute(r *request) (any, error) {
	f := r.body
	f.require("name", "model", "data_type")
	a := intercom.DataAttribute{Name: strings.TrimSpace(f.value("name"))}
	assign((*string)(&a.Model), f.word("model", "contact", "company"))
	assign((*string)(&a.DataType), f.word("data_type", "string", "integer", "float", "boolean", "date", "datetime", "options"))
	w.changeDefinition(f, &a)
	switch {
	case f.err != nil:
		return nil, f.err
	case a.Name == "" || strings.ContainsAny(a.Name, ".$"):
		return nil, invalid("name", "The name is not allowed")
	case w.attributeNamed(a.Model, a.Name) != nil || isBuiltIn(a.Model, a.Name):
		return nil, invalid("name", "There is an attribute of this name already")
	case a.DataType == "options" && a.Options == nil:
		return nil, missing("options")
	}
	switch a.DataType {
	case "options":
		a.DataType = intercom.DataAttributeTypeString
	case "datetime":
		a.DataType = intercom.DataAttributeTypeDate
	}
	w.seedDataAttribute(&a)
	return w.attributes.value(a.ID), nil
}

// changeDefinition writes what a request says into the definition of an
// attribute.
func (w *workspace) changeDefinition(f *fields, a *intercom.DataAttribute) {
	assign(&a.Description, f.text("description"))
	assign(&a.MessengerWritable, f.boolean("messenger_writable"))
	if !f.has("options") {
		return
	}
	var options []string
	for _, option := range f.list("options") {
		if o, ok := option.(map[string]any); ok { // The form since version 2.14.
			option = o["value"]
		}
		text, ok := scalarText(option)
		if !ok || text == "" {
			f.fail("options", "must be a list of strings")
		}
		options = append(options, text)
	}
	if len(options) < 2 {
		f.fail("options", "must have at least two values")
	}
	a.Options = options
}

func (w *workspace) updateDataAttribute(r *request) (any, error) {
	a := w.attributes.value(r.param("id"))
	if a == nil {
		return nil, refuse(http.StatusNotFound, intercom.CodeFieldNotFound, "There is no custom attribute of this id")
	}
	changed := *a
	assign(&changed.Archived, r.body.boolean("archived"))
	w.changeDefinition(r.body, &changed)
	switch {
	case r.body.err != nil:
		return nil, r.body.err
	case changed.Options != nil && changed.DataType != intercom.DataAttributeTypeString:
		return nil, invalid("options", "Only attributes of type string can have options")
	}
	changed.UpdatedAt = w.now()
	*a = changed
	return a, nil
}

func isBuiltIn(model intercom.DataAttributeModel, name string) bool {
	return slices.ContainsFunc(builtInAttributes, func(a intercom.DataAttribute) bool { return a.Model == model && a.Name == name })
}

// builtInAttributes are the attributes that every workspace has.
var builtInAttributes = slices.Concat(
	builtIn(intercom.DataAttributeModelContact,
		"name:string", "email:string", "phone:string", "external_id:string", "role:string", "owner_id:integer",
		"created_at:date", "signed_up_at:date", "last_seen_at:date", "last_contacted_at:date", "last_replied_at:date",
		"has_hard_bounced:boolean", "unsubscribed_from_emails:boolean", "language_override:string", "browser:string", "os:string",
		"location.country:string", "location.region:string", "location.city:string"),
	builtIn(intercom.DataAttributeModelCompany,
		"name:string", "company_id:string", "created_at:date", "remote_created_at:date", "last_request_at:date", "size:integer",
		"website:string", "industry:string", "monthly_spend:float", "session_count:integer", "user_count:integer", "plan.name:string"),
	builtIn(intercom.DataAttributeModelConversation,
		"id:integer", "title:string", "state:string", "created_at:date"),
)

func builtIn(model intercom.DataAttributeModel, list ...string) []intercom.DataAttribute {
	all := make([]intercom.DataAttribute, len(list))
	for i, text := range list {
		full, kind, _ := strings.Cut(text, ":")
		name := full[strings.LastIndex(full, ".")+1:]
		all[i] = intercom.DataAttribute{
			Type: "data_attribute", Model: model, Name: name, FullName: full, Label: strings.ReplaceAll(name, "_", " "),
			DataType:    intercom.DataAttributeType(kind),
			APIWritable: !strings.HasSuffix(name, "_count") && name != "created_at" && !strings.HasPrefix(full, "location."),
			UIWritable:  name == "name" || name == "email" || name == "phone",
		}
	}
	return all
}
