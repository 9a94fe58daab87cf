package message

import (
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// readConfirmation reads the decoded payload of a bevestiging+jws. Its error is a fault.List with every fault.
func readConfirmation(payload []byte) (Confirmation, error) {
	r := reader{words: vocabulary.Default()}
	o := strictjson.Parse(payload, strictjson.Limits{}, &r.faults).Object(&r.faults)
	c := Confirmation{
		Message:     r.id(o.Field("bericht")),
		Envelope:    r.digest(o.Field("envelop")),
		Kind:        code(&r, o.Field("soort"), isConfirmation, "soort bevestiging"),
		Conform:     o.Bool("conform"),
		NotDeclared: r.categories(o.Array("nietAangegeven", 0, maxCategories)),
		Subjects:    r.tags(o.Array("betrokkenen", 0, maxSubjects)),
		Time:        r.time(o.Field("tijd")),
	}
	if c.Conform && len(c.NotDeclared) > 0 {
		o.Fault("conform", "kan niet true zijn als nietAangegeven gegevens noemt")
	}
	if n, ok := o.Nullable("advies"); ok {
		advice := n.Object(&r.faults)
		c.Advice = &Advice{Party: r.oin(advice.Field("partij")), Function: r.function(advice.Field("functie"))}
		advice.End()
		if c.Kind != HandedBack {
			r.faults.Add(n.Place(), "hoort alleen bij een bericht dat u teruggeeft: laat het weg (null)")
		}
	}
	o.End()
	return c, r.faults.Err()
}

func isConfirmation(k ConfirmationKind) bool {
	switch k {
	case Received, Unreadable, TakenOver, HandedBack, Closed:
		return true
	}
	return false
}
