package convenant

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// What a convenant says when it says nothing.
const (
	defaultTransitTerm = "PT72H"
	defaultMaxPeople   = 3
	longestTransit     = 30 * 24 * time.Hour // Sluis forgets: nobody's ciphertext waits longer, whatever was agreed
)

// fieldNames are the keys of a convenant, to suggest from when somebody wrote another.
var fieldNames = []string{"convenant", "versie", "titel", "samenwerkingsverband", "belang", "geldig", "van", "tot", "regie", "inwerking",
	"x25519", "partijen", "oin", "rol", "kaartsleutel", "doelen", "stromen", "id", "artikel", "soort", "naar", "soortOnderwijs", "functies",
	"grondslagen", "gegevens", "voorwaarden", "reactietermijn", "doorvoertermijn", "maximumDeelnemers", "bewaartermijnAudit", "logdoelen", "regels"}

// reader makes a Convenant of a tree and checks it against the vocabulary. Values of a wrong form have had their fault from the
// schema; the reader passes over them, so that one mistake gives one fault.
type reader struct {
	words  *vocabulary.Vocabulary
	faults *fault.List
}

// ParseYAML reads a convenant as written; the error is a fault.List with line and column.
func ParseYAML(data []byte) (*Convenant, error) {
	var faults fault.List
	return build(readYAML(data, &faults), faults)
}

// ParseCanonical reads the form that is signed: exactly the bytes that [Convenant.Canonical] gives. The error is a fault.List.
func ParseCanonical(data []byte) (*Convenant, error) {
	var faults fault.List
	c, err := build(readJSON(data, &faults), faults)
	if err != nil {
		return nil, err
	}
	if string(c.canonical) != string(data) {
		faults.Add("", "is geldig, maar staat niet in de vorm die ondertekend wordt")
		return nil, faults
	}
	return c, nil
}

func build(root node, faults fault.List) (*Convenant, error) {
	if root.kind == invalid {
		return nil, faults.Err()
	}
	if len(faults) > maxFaults {
		return nil, shortened(faults)
	}
	checkForm(root, &faults)
	r := reader{words: vocabulary.Default(), faults: &faults}
	c := r.convenant(root)
	if err := shortened(faults).Err(); err != nil {
		return nil, err
	}
	if err := c.seal(); err != nil {
		return nil, err
	}
	return c, nil
}

// shortened keeps the first faults, and says that there are more.
func shortened(faults fault.List) fault.List {
	if len(faults) > maxFaults {
		more := len(faults) - maxFaults
		faults = faults[:maxFaults:maxFaults]
		faults.Add("convenant", "er zijn nog %d andere fouten", more)
	}
	return faults
}

func (r reader) convenant(n node) *Convenant {
	c := &Convenant{
		ID:        n.get("convenant").text,
		Version:   n.get("versie").int(),
		Title:     n.get("titel").text,
		Alliance:  n.get("samenwerkingsverband").text,
		Interest:  n.get("belang").text,
		Valid:     r.validity(n.get("geldig")),
		Lead:      r.oin(n.get("regie")),
		Parties:   r.members(n.get("partijen")),
		Purposes:  r.purposes(n.get("doelen")),
		PerParty:  n.get("inwerking").text == "per-partij",
		X25519:    n.get("x25519").text == "toegestaan",
		Retention: n.get("bewaartermijnAudit").text,
	}
	c.Flows = r.flows(n.get("stromen"), c)
	c.Rules, c.rulesAt = r.rules(n.get("regels"))
	for _, item := range r.unique(n.get("logdoelen")) {
		if !r.words.HasLogReason(item.text) {
			r.unknown(item, "bekend logdoel", r.words.Codes("logdoelen"))
			continue
		}
		c.LogReasons = append(c.LogReasons, item.text)
	}
	if n := n.get("bewaartermijnAudit"); n.kind == aText && !isPeriod(n.text) {
		n.fault(r.faults, `is geen termijn in jaren, maanden of dagen, zoals "P5Y"`)
	}
	if _, member := c.member(c.Lead); !member && c.Lead != "" {
		n.get("regie").fault(r.faults, "is geen partij van dit convenant")
	}
	return c
}

func (r reader) members(n node) []Member {
	var members []Member
	seen := map[party.OIN]bool{}
	for _, item := range n.items {
		m := Member{OIN: r.oin(item.get("oin")), Role: vocabulary.Role(item.get("rol").text)}
		if m.OIN != "" && seen[m.OIN] {
			item.get("oin").fault(r.faults, "staat er meer dan één keer")
		}
		seen[m.OIN] = true
		r.role(item.get("rol"))
		keys := item.get("kaartsleutel")
		if keys.kind == aText {
			keys.items = []node{keys}
		}
		for _, key := range r.unique(keys) {
			d, err := digest.Parse(key.text)
			if err != nil {
				key.fault(r.faults, "is %s", err)
				continue
			}
			m.CardKeys = append(m.CardKeys, d)
		}
		members = append(members, m)
	}
	return members
}

func (r reader) purposes(n node) map[vocabulary.Purpose]string {
	purposes := map[vocabulary.Purpose]string{}
	for _, f := range n.fields {
		p := vocabulary.Purpose(f.name)
		at := f.value
		switch {
		case !r.words.HasPurpose(p):
			at.fault(r.faults, "is geen bekend doel%s", suggestion(f.name, r.words.Codes("doelen")))
		case r.words.NeverAllowed(p):
			at.fault(r.faults, "kan geen doel van een convenant zijn: daarvoor is een vordering nodig")
		}
		purposes[p] = at.text
	}
	return purposes
}

func (r reader) validity(n node) party.Validity {
	v := party.Validity{From: r.day(n.get("van")), Until: r.day(n.get("tot"))}
	if v.From != "" && v.Until != "" && v.Until < v.From {
		n.get("tot").fault(r.faults, "ligt voor de eerste dag")
	}
	return v
}

func (r reader) day(n node) string {
	if len(n.text) != len(time.DateOnly) {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, n.text); err != nil {
		n.fault(r.faults, "is geen dag die bestaat")
		return ""
	}
	return n.text
}

func (r reader) oin(n node) party.OIN {
	if n.kind != aText {
		return ""
	}
	oin, err := party.ParseOIN(n.text)
	if err != nil {
		n.fault(r.faults, "is geen OIN")
		return ""
	}
	return oin
}
