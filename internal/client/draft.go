package client

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Draft is a message before it has an id, keys and a signature.
type Draft struct {
	Kind       vocabulary.Kind
	Convenant  message.ConvenantRef
	Recipients []To
	Body       []byte                // JSON by the schema of the kind, without kop
	Categories []vocabulary.Category // gegevens: what Body and Attachments hold, declared by the sender
	// Attachments are files that go along in Body, at most [message.MaxAttachments] together. Body must not have them already.
	Attachments []message.Attachment

	Function vocabulary.Function // of the sender; "" for that of the profile
	Purpose  vocabulary.Purpose  // "" when the convenant leaves only one
	Basis    vocabulary.Basis    // "" when the convenant leaves only one
	Urgency  vocabulary.Urgency  // "" for regulier

	// Motivation says why an exception is made (a crisis, parents who were not informed), for the privacy officers of the parties
	// alone: sealed apart from the body. "" for none; at most 4000 characters.
	Motivation string

	Phase       *int
	Statements  map[vocabulary.Statement]bool
	WpgDecision *string
	Case        string  // "" starts a new case
	InReplyTo   *string // id of the message that this answers
	Theme       *vocabulary.Theme
	AgeGroup    *vocabulary.AgeGroup
}

// To is a recipient: a party in a function, and by choice the ids of the people there.
type To struct {
	Party    party.OIN
	Function vocabulary.Function
	People   []string // nil: whoever stands in the function, up to the number that the flow allows
}

// defaultPeople is how many people of one recipient a message goes to unless the flow says otherwise (WIRE, "Envelope").
const defaultPeople = 3

// complete fills in what the convenant leaves no choice about. It does not judge whether the message is allowed: the gateway does,
// and says why not. The error is a fault.List.
func (d Draft) complete(agreed *convenant.Convenant, own *Profile) (Draft, error) {
	if d.Function == "" {
		d.Function = own.Function
	}
	if d.Urgency == "" {
		d.Urgency = vocabulary.Regular
	}
	var faults fault.List
	if len(d.Recipients) == 0 {
		faults.Add("ontvangers", "ontbreekt; noem een organisatie en een functie")
	}
	for _, to := range d.Recipients {
		if _, ok := agreed.Member(to.Party); !ok {
			faults.Add("ontvangers", "organisatie %s doet niet mee aan dit convenant", printable(string(to.Party)))
		}
	}
	if len(faults) > 0 {
		return d, faults
	}
	if _, known := vocabulary.Default().Kind(d.Kind); !known {
		faults.Add("soort", "is geen bekende soort bericht; kies uit: %s", join(vocabulary.Default().Kinds()))
		return d, faults
	}
	flows := d.flows(agreed, own.OIN)
	for i, fitting := range flows {
		// With purpose and basis the gateway can judge it, and says more than we know. Without them there is nothing to ask.
		if len(fitting) == 0 && (d.Purpose == "" || d.Basis == "") {
			faults.Add(fmt.Sprintf("ontvangers[%d]", i), "het convenant kent deze soort bericht niet van uw functie naar deze organisatie en functie; controleer de soort, uw functie en die van de ontvanger")
		}
	}
	if len(faults) > 0 {
		return d, faults
	}
	d.Purpose = only(d.Purpose, "doel", flows, &faults, func(f convenant.Flow) ([]vocabulary.Purpose, bool) {
		return f.Purposes, d.Basis == "" || has(f.Bases, d.Basis)
	})
	d.Basis = only(d.Basis, "grondslag", flows, &faults, func(f convenant.Flow) ([]vocabulary.Basis, bool) {
		return f.Bases, d.Purpose == "" || has(f.Purposes, d.Purpose)
	})
	return d, faults.Err()
}

// withAttachments puts the attachments in the body.
func (d Draft) withAttachments() (Draft, error) {
	var err error
	d.Body, err = message.WithAttachments(d.Body, d.Attachments)
	d.Attachments = nil // megabytes that are needed no more
	return d, err
}

// flows gives, for each recipient, the flows that fit kind, roles and functions.
func (d Draft) flows(agreed *convenant.Convenant, own party.OIN) [][]convenant.Flow {
	from, _ := agreed.Member(own)
	all := make([][]convenant.Flow, len(d.Recipients))
	for i, to := range d.Recipients {
		member, _ := agreed.Member(to.Party)
		for _, f := range agreed.FlowsFor(d.Kind, from.Role, member.Role) {
			if has(f.From.Functions, d.Function) && has(f.To.Functions, to.Function) {
				all[i] = append(all[i], f)
			}
		}
	}
	return all
}

// only gives what was chosen, or the one code that the flows of every recipient leave.
func only[T ~string](chosen T, place string, flows [][]convenant.Flow, faults *fault.List, of func(convenant.Flow) ([]T, bool)) T {
	if chosen != "" {
		return chosen
	}
	var left []T
	for i, perRecipient := range flows {
		var here []T
		for _, f := range perRecipient {
			if codes, fits := of(f); fits {
				here = append(here, codes...)
			}
		}
		if i > 0 {
			here = slices.DeleteFunc(here, func(c T) bool { return !has(left, c) })
		}
		left = here
	}
	slices.Sort(left)
	left = slices.Compact(left)
	switch len(left) {
	case 1:
		return left[0]
	case 0:
		faults.Add(place, "ontbreekt, en in het convenant past er geen bij alles wat u koos; controleer doel en grondslag, of stuur elke ontvanger een eigen bericht")
	default:
		words := make([]string, len(left))
		for i, code := range left {
			words[i] = string(code)
			if label := vocabulary.Default().Label(words[i]); label != words[i] {
				words[i] += " (" + label + ")"
			}
		}
		faults.Add(place, "kies er een: %s", join(words))
	}
	return ""
}

// mostPeople gives how many people of one recipient the fitting flows allow.
func mostPeople(flows []convenant.Flow) int {
	most := 0
	for _, f := range flows {
		most = max(most, f.MaxPeople)
	}
	if most == 0 {
		return defaultPeople
	}
	return most
}

func join[T ~string](codes []T) string {
	texts := make([]string, len(codes))
	for i, c := range codes {
		texts[i] = string(c)
	}
	return strings.Join(texts, ", ")
}
