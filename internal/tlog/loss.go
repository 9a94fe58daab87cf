package tlog

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// LossAdmitted is a record in which the log says that it lost its end, and goes on under another name. It is the first record under
// that name, and for every party to read.
const LossAdmitted RecordKind = "verlies"

// ErrLoss says that a record does not admit a loss in the form that was agreed.
var ErrLoss = errors.New("dit is geen auditregel over een verlies")

// Loss is what a record of kind [LossAdmitted] says, in `feiten`.
type Loss struct {
	// Kept is how many records were there when the log went on: the nr of this record. Of the lost log, records from some number up to
	// this one on may be others.
	Kept int64 `json:"bewaard"`
	// Checkpoint is the largest one known of what was lost: a signed note under the name that the log had. It shows how many records
	// there were, and that they were this log's; what stood in them it does not show.
	Checkpoint string `json:"controlepunt"`
	// Next is the name under which the log goes on.
	Next string `json:"vervolg"`
}

// Facts gives a loss as `feiten`.
func (l Loss) Facts() (json.RawMessage, error) { return json.Marshal(l) }

// Lost gives the name of the log that was lost, and the size of the largest tree known of it. Nothing is verified here.
func (l Loss) Lost() (origin string, size int64, err error) {
	origin, size, _, err = Claimed([]byte(l.Checkpoint))
	return origin, size, err
}

// ParseLoss reads the facts of a record that admits a loss, and checks what they say of themselves: the record is the first after what
// was kept, and the new name is the one that follows on the lost one. The signature under the checkpoint is for the caller to verify.
// Its only error is [ErrLoss].
func ParseLoss(r Record) (Loss, error) {
	if r.Kind != LossAdmitted {
		return Loss{}, ErrLoss
	}
	var l Loss
	if err := json.Unmarshal(r.Facts, &l); err != nil {
		return Loss{}, ErrLoss
	}
	given, err := strictjson.Canonical(r.Facts)
	again, errAgain := strictjson.MarshalCanonical(l)
	if err != nil || errAgain != nil || !bytes.Equal(given, again) { // a key too many, or missing
		return Loss{}, ErrLoss
	}
	origin, _, err := l.Lost()
	if err != nil || l.Kept != r.Nr {
		return Loss{}, ErrLoss
	}
	first, before := Succession(origin)
	same, after := Succession(l.Next)
	if same != first || after <= before {
		return Loss{}, ErrLoss
	}
	return l, nil
}
