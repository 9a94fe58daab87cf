package conformance

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// realFacts are those of a decision on a real message; with an envelope of a common size a record has some 4 kB.
//
//go:embed testdata/feiten.json
var realFacts []byte

const (
	envelopeBytes = 920 // before base64
	schools       = 400
	officers      = 300 // participants of the police
	perCase       = 8   // messages

	commonReason, rareReason = "ouders-niet-geinformeerd", "doel-is-opsporing"
	commonPerson, rarePerson = "wa-1", "wa-once"
)

var commonWord = audit.Allowed

// region is a log of a region: the police, which is part of nearly everything, and schools. The nth message is always the same but for
// what is random in a real one too.
type region struct{}

// message gives the records of the nth message: a decision, and the offer when it was allowed.
func (region) message(n int) audit.Change {
	school := tlog.Actor{Party: schoolOf(n), Participant: fmt.Sprintf("vc-%d", n%3), Function: "veiligheidscoordinator"}
	officer := tlog.Actor{Party: string(police), Participant: fmt.Sprintf("wa-%d", n/7%officers), Function: "wijkagent"}
	from, to := school, officer
	if n%2 == 1 {
		from, to = officer, school
	}
	id, kase := uuid.Must(uuid.NewV7()).String(), caseOf(n)
	jws := arbitrary(n, envelopeBytes)
	r := tlog.Record{
		Kind: tlog.Decided, Message: &id, Case: &kase, Sender: &from, Convenant: &tlog.ConvenantRef{ID: "regio-school-en-veiligheid", Version: 3},
		Purpose: ptr("veilige-school"), Basis: ptr("avg-6-1-e"), Categories: []string{"signaal", "incident"}, Phase: ptr(2), Decision: &commonWord,
		Recipients: []tlog.Target{{Party: to.Party, Function: to.Function, Participants: []string{to.Participant}}},
		Facts:      realFacts, Policy: ptr("sha-256=:" + arbitrary(-1, 32) + "=:"), Payload: &tlog.PayloadRef{Digest: "sha-256=:" + arbitrary(n, 32) + "=:"}, JWS: &jws,
	}
	switch {
	case n >= 101 && n <= 105 && n%2 == 1: // three in all, by the police
		r.Reasons = []string{rareReason}
	case n == 201:
		r.Reasons, r.Sender.Participant = []string{commonReason}, rarePerson
	case n == 301:
		r.Kind, r.Sender.Participant = tlog.Review, commonPerson
		return audit.Change{Records: []tlog.Record{r}}
	case n%10 == 3:
		r.Reasons = []string{commonReason}
	default:
		offered := r
		offered.Kind = tlog.Offered // as long as the decision, to be on the safe side
		return audit.Change{Records: []tlog.Record{r, offered}}
	}
	r.Decision = ptr("geweigerd")
	return audit.Change{Records: []tlog.Record{r}}
}

func schoolOf(n int) string { return fmt.Sprintf("000000990003%08d", n/3%schools) }

// caseOf gives a case of eight messages; the second hundred of messages are of one. A case begins every 0.8 seconds.
func caseOf(n int) string {
	if n >= 100 && n < 200 {
		n = 100
	}
	id := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(n/perCase)))
	began := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC).Add(time.Duration(n/perCase) * 800 * time.Millisecond)
	binary.BigEndian.PutUint64(id[:], uint64(began.UnixMilli())<<16|7<<12|uint64(id[8])) // as a UUIDv7
	return uuid.UUID(id[:16]).String()
}

// arbitrary does not compress, as nothing does that is signed or encrypted.
func arbitrary(seed, bytes int) string {
	raw := make([]byte, bytes)
	source := rand.NewChaCha8(sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(seed))))
	source.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}
