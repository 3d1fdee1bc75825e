// Package jsonstream is a JSON pull parser for generated decode functions.
//
// It is made for answers that mean well but keep to no schema: where a value
// is of another type than expected it is converted if nothing is lost by that,
// and otherwise skipped, noted and kept as it stands, so that one odd value
// never costs the rest of the answer. Null, "" and [] are empty whatever was
// expected. Only text that is not JSON is an error.
//
// None of this costs anything as long as the values are as expected, since
// every read looks at the first byte of a value first and takes the usual case
// from there. The decoder also learns in which order the members of a type
// come, and which words they had and which names its free members: it compares
// the text with what is expected there, and only looks for the end of a string
// where that is wrong.
//
// # Decode functions
//
// A type has a [Shape] and a method that decodes it. An object is entered with
// First and walked with Next, between which the value of the member is read:
//
//	var contactShape = jsonstream.Shape{
//		ID:   7,
//		Name: "Contact",
//		Keys: []string{`"type":`, `"id":`, `"avatar":`},
//	}
//
//	func (x *Contact) decode(d *jsonstream.Decoder) {
//		s := &contactShape
//		order := d.Order(s)
//		for k := d.First(s, order); k != jsonstream.End; k = d.Next(s, order, k, &x.Extra) {
//			switch k {
//			case 0:
//				d.ReadWord(&x.Type, order, k)
//			case 1:
//				x.ID = d.String()
//			case 2:
//				if x.Avatar = nil; d.Object() {
//					x.Avatar = new(Avatar)
//					x.Avatar.decode(d)
//				}
//			default:
//				d.Unknown(&x.Extra)
//			}
//		}
//	}
//
// Extra is a map[string]json.RawMessage, made when it is needed. Unknown puts
// members into it that the type does not have; Next puts the members into it
// whose value, or an element of whose value, did not fit. Either takes a nil
// pointer from a type that keeps nothing.
//
// These are the statements for the kinds of fields:
//
//	x.Name = d.String()                                         // string
//	d.ReadWord((*string)(&x.Role), order, k)                    // enum, type name, id of a workspace
//	x.Count = d.Int()                                           // int; likewise Float and Bool
//	x.Reopened = d.IntPointer()                                 // *int; likewise FloatPointer and BoolPointer
//	x.CreatedAt = Timestamp{d.UnixMicro()}                      // time
//	x.Attributes.list = d.Members()                             // free names and values, in order
//	x.Raw = d.Raw()                                             // anything, as it stands
//	x.Location.decode(d)                                        // object held by value
//	x.IDs = jsonstream.List(d, (*jsonstream.Decoder).String)    // []string; likewise Word, Int, …
//	x.Roles = jsonstream.List(d, readRole)                      // []Role, where readRole is func(*jsonstream.Decoder) Role
//	x.Data = jsonstream.Objects(d, (*Contact).decode)           // []Contact
//	x.Counts = jsonstream.Map(d, (*jsonstream.Decoder).Int)     // map[string]int
//	x.Teams = jsonstream.ObjectMap(d, (*Team).decode)           // map[string]Team
//	jsonstream.Entry(d, &x.Locales, (*Text).decode, &x.Extra)   // objects under free names, in place of Unknown
//
// An object that sometimes is a plain string or number is asked for that
// first:
//
//	switch x.Avatar = nil; {
//	case d.Scalar():
//		x.Avatar = &Avatar{ImageURL: d.String()}
//	case d.Object():
//		x.Avatar = new(Avatar)
//		x.Avatar.decode(d)
//	}
//
// Every path through the switch reads exactly one value.
//
// # Entry points
//
// A whole body is decoded with [Get], UnmarshalJSON with [GetCopy]:
//
//	func (x *Contact) UnmarshalJSON(data []byte) error {
//		d := jsonstream.GetCopy(data)
//		defer d.Release()
//		x.decode(d)
//		return d.Finish()
//	}
//
// What keeps a misfit is the enclosing object, which the document itself does
// not have: whether it fitted is told by [Decoder.FirstMisfit] alone.
//
// # Differences to encoding/json
//
// Names have to match exactly, in case, too. Of members that come twice the
// last one counts: its value replaces the first one, also if it is null and
// also if it is an object held by pointer; an object held by value gets the
// members of both. The text of a misfit stays in Extra even if the same name
// comes again with a value that fits.
package jsonstream
