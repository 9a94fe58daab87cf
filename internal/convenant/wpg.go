package convenant

import (
	"crypto/ecdsa"
	"crypto/x509"
	"fmt"
	"regexp"
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// WpgDecision is a `wpg-besluit+jws`: what the controller of police data decided apart from any convenant. Wpg 20(2): the
// decision records which weighty public interest, which partnership, its purpose, which data, the conditions, and to which
// persons or bodies; Wpg 19: in a special case, with the competent authority. The Den Bosch convenant, article 4: "Een dergelijk
// te nemen besluit maakt géén deel uit van dit convenant."
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
	CardKey    digest.SHA256         `json:"-"` // of the certificate that signed: that it is the party's card key too
	Compact    string                `json:"-"`
}

// SignWpgDecision makes a wpg-besluit+jws with the key of the police party's certificate. A decision that VerifyWpgDecision
// would refuse is refused here, with a fault.List.
func SignWpgDecision(d WpgDecision, key *ecdsa.PrivateKey, chain []*x509.Certificate) (string, error) {
	payload, err := strictjson.MarshalCanonical(d)
	if err != nil {
		return "", fmt.Errorf("making a Wpg decision: %w", err)
	}
	var faults fault.List
	if readWpgDecision(payload, &faults); len(faults) > 0 {
		return "", faults
	}
	compact, err := jose.SignCertified(jose.WpgDecision, key, chain, payload)
	if err != nil {
		return "", fmt.Errorf("signing a Wpg decision: %w", err)
	}
	return compact, nil
}

// VerifyWpgDecision reads a wpg-besluit+jws and checks signature and chain at time now. Errors as [VerifySignature].
func VerifyWpgDecision(compact string, anchors *party.Anchors, now time.Time) (WpgDecision, error) {
	verified, oin, err := verifyCertified(compact, jose.WpgDecision, anchors, now)
	if err != nil {
		return WpgDecision{}, fmt.Errorf("verifying a Wpg decision: %w", err)
	}
	var faults fault.List
	d := readWpgDecision(verified.Payload(), &faults)
	if err := faults.Err(); err != nil {
		return WpgDecision{}, err
	}
	d.Party, d.Compact = oin, compact
	d.CardKey = digest.Of(verified.Chain()[0].RawSubjectPublicKeyInfo)
	return d, nil
}

var (
	idForm     = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	numberForm = regexp.MustCompile(`^[A-Za-z0-9./-]{1,64}$`) // as wpgBesluit in an envelope
	uuidForm   = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
)

func isID(s string) bool { return idForm.MatchString(s) }
