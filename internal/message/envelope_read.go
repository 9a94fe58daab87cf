package message

import (
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// How much an envelope may hold. The flow of the convenant decides how many people and questions are allowed; these are the
// most that Sluis will look at.
const (
	maxRecipients = 10
	maxAddressees = 20 // for each recipient
	maxSubjects   = 40 // tags
	maxCategories = 20
	maxQuestions  = 50
)

// Kinds that must not tell what they are about: who asks where a youngster is enrolled, or asks questions, never says why in a
// place that the gateway reads (WIRE, "Envelope").
const (
	kindEnrolmentQuestion vocabulary.Kind = "inschrijvingsvraag"
	kindRequest           vocabulary.Kind = "informatieverzoek"
)

// readEnvelope reads the decoded payload of an envelop+jws. Its error is a fault.List with every fault.
func readEnvelope(payload []byte) (Envelope, error) {
	r := reader{words: vocabulary.Default()}
	o := strictjson.Parse(payload, strictjson.Limits{}, &r.faults).Object(&r.faults)
	e := Envelope{
		ID:         r.id(o.Field("id")),
		Kind:       code(&r, o.Field("soort"), r.hasKind, "soort bericht"),
		Time:       r.time(o.Field("tijd")),
		Case:       r.id(o.Field("zaak")),
		Convenant:  r.convenantRef(o.Object("convenant")),
		Purpose:    code(&r, o.Field("doel"), r.words.HasPurpose, "doel"),
		Basis:      code(&r, o.Field("grondslag"), r.words.HasBasis, "grondslag"),
		Sender:     r.sender(o.Object("afzender")),
		Subjects:   r.tags(o.Array("betrokkenen", 0, maxSubjects)),
		Categories: r.categories(o.Array("gegevens", 1, maxCategories)),
		Urgency:    code(&r, o.Field("urgentie"), r.words.HasUrgency, "urgentie"),
		Statements: r.statements(o.Object("verklaringen")),
		Payload:    r.content(o.Object("lading"), MaxPayload),
	}
	if n, ok := o.Nullable("antwoordOp"); ok {
		id := r.id(n)
		if id != "" && id == e.ID {
			r.faults.Add(n.Place(), "is het bericht zelf")
		}
		e.InReplyTo = &id
	}
	e.Recipients = r.recipients(o.Array("ontvangers", 1, maxRecipients), e.Sender.Party)
	if n, ok := o.Nullable("fase"); ok {
		phase := n.Int(1, 3, &r.faults)
		e.Phase = &phase
	}
	if n, ok := o.Nullable("wpgBesluit"); ok {
		number := r.decisionNumber(n)
		e.WpgDecision = &number
	}
	if n, ok := o.Nullable("aantalVragen"); ok {
		questions := n.Int(1, maxQuestions, &r.faults)
		e.Questions = &questions
	}
	if n, ok := o.Nullable("motivering"); ok {
		motivation := r.content(n.Object(&r.faults), MaxMotivation)
		e.Motivation = &motivation
	}
	if n, ok := o.Nullable("thema"); ok {
		theme := code(&r, n, r.words.HasTheme, "thema")
		r.mustNotTell(n, e.Kind)
		e.Theme = &theme
	}
	if n, ok := o.Nullable("leeftijdsgroep"); ok {
		group := code(&r, n, r.words.HasAgeGroup, "leeftijdsgroep")
		r.mustNotTell(n, e.Kind)
		e.AgeGroup = &group
	}
	o.End()
	return e, r.faults.Err()
}

func (r *reader) hasKind(k vocabulary.Kind) bool {
	_, ok := r.words.Kind(k)
	return ok
}

func (r *reader) mustNotTell(n strictjson.Node, kind vocabulary.Kind) {
	if kind == kindEnrolmentQuestion || kind == kindRequest {
		r.faults.Add(n.Place(), "mag niet in een %s staan: laat het weg (null)", kind)
	}
}

func (r *reader) convenantRef(o *strictjson.Object) ConvenantRef {
	defer o.End()
	return ConvenantRef{ID: r.label(o.Field("id")), Version: o.Int("versie", 1, maxVersion)}
}

func (r *reader) sender(o *strictjson.Object) Sender {
	defer o.End()
	return Sender{Party: r.oin(o.Field("partij")), Participant: r.label(o.Field("deelnemer")), Function: r.function(o.Field("functie"))}
}

func (r *reader) content(o *strictjson.Object, max int) Content {
	defer o.End()
	return Content{Digest: r.digest(o.Field("digest")), Length: int64(o.Int("lengte", 1, max))}
}

func (r *reader) statements(o *strictjson.Object) map[vocabulary.Statement]bool {
	out := map[vocabulary.Statement]bool{}
	for _, name := range o.Names() {
		statement := vocabulary.Statement(name)
		if !r.words.HasStatement(statement) {
			o.Fault(name, "is geen verklaring uit de woordenlijst")
			continue
		}
		out[statement] = o.Bool(name)
	}
	return out
}

// recipients reads ontvangers. The same party in the same function twice, the same person twice, and the sender's own party are
// faults: each of them would make it unclear who has to confirm, or for how many keys the payload was made.
func (r *reader) recipients(nodes []strictjson.Node, sender party.OIN) []Recipient {
	type office struct {
		party    party.OIN
		function vocabulary.Function
	}
	type person struct {
		party party.OIN
		id    string
	}
	offices, people := map[office]bool{}, map[person]bool{}
	out := make([]Recipient, 0, len(nodes))
	for _, n := range nodes {
		o := n.Object(&r.faults)
		to := Recipient{Party: r.oin(o.Field("partij")), Function: r.function(o.Field("functie"))}
		if to.Party != "" && to.Party == sender {
			o.Fault("partij", "is de partij van de afzender: overleg binnen uw organisatie gaat niet via Sluis")
		}
		if at := (office{to.Party, to.Function}); at.party != "" && at.function != "" {
			if offices[at] {
				r.faults.Add(n.Place(), "deze partij en functie staan er meer dan één keer")
			}
			offices[at] = true
		}
		for _, n := range o.Array("deelnemers", 1, maxAddressees) {
			a := r.addressee(n.Object(&r.faults))
			if who := (person{to.Party, a.ID}); who.party != "" && who.id != "" {
				if people[who] {
					r.faults.Add(n.Place(), "deze deelnemer staat er meer dan één keer")
				}
				people[who] = true
			}
			to.Participants = append(to.Participants, a)
		}
		o.End()
		out = append(out, to)
	}
	return out
}

func (r *reader) addressee(o *strictjson.Object) Addressee {
	defer o.End()
	return Addressee{ID: r.label(o.Field("id")), Card: o.Int("kaart", 1, maxVersion)}
}
