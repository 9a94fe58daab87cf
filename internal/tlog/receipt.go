package tlog

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"filippo.io/torchwood"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// ErrProof says that a receipt does not prove what it should.
var ErrProof = errors.New("bewijs van het auditspoor klopt niet")

// maxProof is the longest proof that is looked at, in bytes: 64 hashes and a checkpoint.
const maxProof = 64*45 + maxCheckpoint

// Receipt is what a sender gets: {"auditregel":{…},"bewijs":"c2sp.org/tlog-proof@v1 …"}. It can be verified offline, with
// nothing but the log's public key.
type Receipt struct {
	Record []byte // the canonical bytes; raw JSON under "auditregel"
	Proof  string // "bewijs"
}

type receiptJSON struct {
	Record json.RawMessage `json:"auditregel"`
	Proof  string          `json:"bewijs"`
}

// MarshalJSON writes the record as it is, byte for byte: the leaf is over these bytes.
func (r Receipt) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON is MarshalJSON behind what is there already. Who hands the result of MarshalJSON to package json has it read all through again;
// this is for the answer to each message.
func (r Receipt) AppendJSON(to []byte) ([]byte, error) {
	to = slices.Grow(to, len(r.Record)+len(r.Proof)+len(r.Proof)/16+64) // each line of a proof takes one more
	record := r.Record
	if record == nil {
		record = []byte("null")
	}
	to = append(append(append(to, `{"auditregel":`...), record...), `,"bewijs":`...)
	to, err := jsontext.AppendQuote(to, r.Proof)
	if err != nil {
		return nil, fmt.Errorf("writing a proof: %w", err)
	}
	return append(to, '}'), nil
}

// UnmarshalJSON reads a receipt strictly and gives the record its canonical form back. Its errors are a [fault.List] and
// [ErrRecord]. What it read is not verified: see [VerifyReceipt].
func (r *Receipt) UnmarshalJSON(b []byte) error {
	var faults fault.List
	o := strictjson.Parse(b, strictjson.Limits{Bytes: 2*MaxRecord + 2*maxProof, Depth: 64}, &faults).Object(&faults)
	o.Object("auditregel").Names()
	proof := o.Text("bewijs", maxProof)
	o.End()
	if err := faults.Err(); err != nil {
		return err
	}
	var raw receiptJSON
	if err := json.Unmarshal(b, &raw); err != nil {
		return ErrRecord
	}
	record, err := ParseRecord(raw.Record)
	if err != nil {
		return err
	}
	canonical, err := record.Canonical()
	if err != nil {
		return err
	}
	*r = Receipt{Record: canonical, Proof: proof}
	return nil
}

// FormatProof makes a c2sp.org/tlog-proof@v1 of the record at leaf index nr under a signed checkpoint. The same arguments
// give the same text.
// torchwood gives the same text, and formats each hash on its own.
func FormatProof(nr int64, proof tlog.RecordProof, checkpoint []byte) string {
	text := make([]byte, 0, len("c2sp.org/tlog-proof@v1\nindex \n\n")+20+45*len(proof)+len(checkpoint))
	text = append(text, proofHead(nr)...)
	for _, h := range proof {
		text = append(base64.StdEncoding.AppendEncode(text, h[:]), '\n')
	}
	return string(append(append(text, '\n'), checkpoint...))
}

// proofHead is how the proof of a record must begin. C2SP tlog-proof also knows an `extra` line; Sluis has no use for it, and
// what nobody checks is refused.
func proofHead(nr int64) string {
	return "c2sp.org/tlog-proof@v1\nindex " + strconv.FormatInt(nr, 10) + "\n"
}

// VerifyReceipt checks that the record is in the tree of the checkpoint in the proof, at its own nr, under the log's key. Its
// only errors are [ErrRecord] and [ErrProof].
func VerifyReceipt(r Receipt, origin string, verifier note.Verifier) (Record, error) {
	record, err := ParseRecord(r.Record)
	if err != nil {
		return Record{}, err
	}
	canonical, err := record.Canonical()
	if err != nil {
		return Record{}, err
	}
	if len(r.Proof) > maxProof || !strings.HasPrefix(r.Proof, proofHead(record.Nr)) {
		return Record{}, ErrProof
	}
	if err := torchwood.VerifyProof(logPolicy(origin, verifier), Leaf(canonical), []byte(r.Proof)); err != nil {
		return Record{}, ErrProof
	}
	return record, nil
}
