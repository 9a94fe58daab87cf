package convenant

import (
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// The longest texts of a decision, in characters.
const (
	maxName  = 200
	maxProse = 2000
)

// readWpgDecision reads the payload strictly: every key present, null only where the key does not apply.
func readWpgDecision(payload []byte, faults *fault.List) WpgDecision {
	words := vocabulary.Default()
	o := strictjson.Parse(payload, strictjson.Limits{}, faults).Object(faults)
	d := WpgDecision{
		Number:     o.Text("nummer", 64),
		Basis:      vocabulary.Basis(o.Text("grondslag", 64)),
		Alliance:   o.Text("samenwerkingsverband", maxName),
		Case:       nullable(o, "zaak", faults),
		Convenant:  nullable(o, "convenant", faults),
		Interest:   o.Text("belang", maxProse),
		Conditions: o.Text("voorwaarden", maxProse),
		Authority:  o.Text("bevoegdGezag", maxProse),
		Valid:      readValidity(o.Object("geldig")),
	}
	if d.Number != "" && !numberForm.MatchString(d.Number) {
		o.Fault("nummer", "mag alleen letters, cijfers, punten, streepjes en schuine strepen hebben")
	}
	d.Purposes = codes(o, "doelen", 20, "is geen bekend doel", faults, func(p vocabulary.Purpose) bool {
		return words.HasPurpose(p) && !words.NeverAllowed(p)
	})
	d.Categories = codes(o, "gegevens", 20, "is geen bekende gegevenscategorie", faults, words.HasCategory)
	d.Recipients = codes(o, "ontvangers", 500, "is geen OIN", faults, func(oin party.OIN) bool {
		_, err := party.ParseOIN(string(oin))
		return err == nil
	})
	d.checkBasis(o, words)
	if d.Convenant != nil && !isID(*d.Convenant) {
		o.Fault("convenant", "heeft niet de juiste vorm: 1 tot en met 64 kleine letters, cijfers en streepjes")
	}
	o.End()
	return d
}

// checkBasis: a decision under Wpg 19 is about one case, one under Wpg 20 about a partnership.
func (d WpgDecision) checkBasis(o *strictjson.Object, words *vocabulary.Vocabulary) {
	info, _ := words.Basis(d.Basis)
	switch {
	case d.Basis == "":
	case info.Decision == "zaak" && d.Case == nil:
		o.Fault("zaak", "ontbreekt: een besluit volgens Wpg artikel 19 gaat over één zaak")
	case info.Decision == "zaak" && !uuidForm.MatchString(*d.Case):
		o.Fault("zaak", "is geen UUIDv7 in kleine letters")
	case info.Decision == "samenwerkingsverband" && d.Case != nil:
		o.Fault("zaak", "moet null zijn: een besluit volgens Wpg artikel 20 gaat over een samenwerkingsverband")
	case info.Decision == "":
		o.Fault("grondslag", "moet wpg-19 of wpg-20 zijn")
	}
}

func nullable(o *strictjson.Object, name string, faults *fault.List) *string {
	n, ok := o.Nullable(name)
	if !ok {
		return nil
	}
	text := n.Text(64, faults)
	return &text
}

// codes reads a list of 1 to max different codes.
func codes[T ~string](o *strictjson.Object, name string, max int, wrong string, faults *fault.List, known func(T) bool) []T {
	var list []T
	for _, n := range o.Array(name, 1, max) {
		text := n.Text(64, faults)
		switch code := T(text); {
		case text == "":
		case !known(code):
			faults.Add(n.Place(), "%s", wrong)
		case slices.Contains(list, code):
			faults.Add(n.Place(), "staat er meer dan één keer")
		default:
			list = append(list, code)
		}
	}
	return list
}

func readValidity(o *strictjson.Object) party.Validity {
	v := party.Validity{From: readDay(o, "van"), Until: readDay(o, "tot")}
	if v.From != "" && v.Until != "" && v.Until < v.From {
		o.Fault("tot", "ligt voor de eerste dag")
	}
	o.End()
	return v
}

func readDay(o *strictjson.Object, name string) string {
	text := o.Text(name, len(time.DateOnly))
	if text == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		o.Fault(name, "is geen dag als JJJJ-MM-DD")
		return ""
	}
	return text
}
