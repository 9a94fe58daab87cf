package convenant

import (
	"crypto/ecdsa"
	"crypto/x509"
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// --- OWNER: policy helper. Replace these stubs; keep the signatures. ---

// ParseYAML reads a convenant as written; fault.List with line and column. ParseCanonical reads the signed JSON form.
func ParseYAML(data []byte) (*Convenant, error)      { panic("stub") }
func ParseCanonical(data []byte) (*Convenant, error) { panic("stub") }

func (c *Convenant) Member(oin party.OIN) (Member, bool) { panic("stub") }
func (m Member) Pins(cardKey digest.SHA256) bool         { panic("stub") }

// FlowsFor gives the flows for (kind, from role, to role): an index lookup, the same slice each time. nil when none.
func (c *Convenant) FlowsFor(kind vocabulary.Kind, from, to vocabulary.Role) []Flow { panic("stub") }

// Verdict is `besluit` of an ondertekening.
type Verdict string

const (
	Agreed    Verdict = "akkoord"
	Rejected  Verdict = "afgewezen"
	Withdrawn Verdict = "ingetrokken"
)

// Signature is an ondertekening+jws by a party, verified.
type Signature struct {
	Convenant string        `json:"convenant"`
	Version   int           `json:"versie"`
	Digest    digest.SHA256 `json:"digest"`
	Verdict   Verdict       `json:"besluit"`
	Time      time.Time     `json:"tijd"`
	Party     party.OIN     `json:"-"` // from the certificate
	CardKey   digest.SHA256 `json:"-"`
	Compact   string        `json:"-"`
}

func Sign(c *Convenant, v Verdict, at time.Time, key *ecdsa.PrivateKey, chain []*x509.Certificate) (string, error) {
	panic("stub")
}
func VerifySignature(compact string, anchors *party.Anchors, now time.Time) (Signature, error) {
	panic("stub")
}

// Standing is a convenant version with the signatures that count, from which "in force" follows.
type Standing struct {
	Convenant  *Convenant
	Signatures []Signature
}

// InForce reports whether the version is in force at t: the day lies in geldig and all members have signed akkoord (with a
// pinned key, over this digest, not withdrawn since). With PerParty: for the given parties only.
func (s Standing) InForce(t time.Time, parties ...party.OIN) bool { panic("stub") }

// WpgDecision is a `wpg-besluit+jws` (VOCABULARY, "Wpg decision").
type WpgDecision struct {
	Number     string                `json:"nummer"`
	Basis      vocabulary.Basis      `json:"grondslag"` // wpg-19 or wpg-20
	Alliance   string                `json:"samenwerkingsverband"`
	Case       *string               `json:"zaak"` // wpg-19 names one zaak
	Convenant  *string               `json:"convenant"`
	Interest   string                `json:"belang"`
	Purposes   []vocabulary.Purpose  `json:"doelen"`
	Categories []vocabulary.Category `json:"gegevens"`
	Recipients []party.OIN           `json:"ontvangers"`
	Conditions string                `json:"voorwaarden"`
	Authority  string                `json:"bevoegdGezag"` // whose agreement: "officier van justitie …, burgemeester …", with date
	Valid      party.Validity        `json:"geldig"`
	Party      party.OIN             `json:"-"` // who signed: of rol politie is for the registry to check
	Compact    string                `json:"-"`
}

func SignWpgDecision(d WpgDecision, key *ecdsa.PrivateKey, chain []*x509.Certificate) (string, error) {
	panic("stub")
}
func VerifyWpgDecision(compact string, anchors *party.Anchors, now time.Time) (WpgDecision, error) {
	panic("stub")
}

// Writes, kept by store/*.
type VersionWrite struct {
	ID        string
	Version   int
	Digest    string
	YAML      []byte // as written
	Canonical []byte
}
type SignatureWrite struct {
	ID      string
	Version int
	Party   party.OIN
	Verdict Verdict
	Time    time.Time
	Compact string
}
type WpgDecisionWrite struct {
	Number  string
	Party   party.OIN
	Compact string
}
