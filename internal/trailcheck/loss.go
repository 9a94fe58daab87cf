package trailcheck

import (
	"encoding/json"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Admission is what a record of kind `verlies` says: the log lost its end, and goes on from here under another name.
type Admission struct {
	Nr         int64  // of the record: so many were kept
	Checkpoint string // the largest known of what was lost, signed under the name that the log had
	Next       string // its name from here on
}

// admits reads a loss from a record.
func (r *record) admits() (Admission, error) {
	var content struct {
		Facts struct {
			Kept       *int64 `json:"bewaard"`
			Checkpoint string `json:"controlepunt"`
			Next       string `json:"vervolg"`
		} `json:"feiten"`
	}
	if err := json.Unmarshal(r.canonical, &content); err != nil || content.Facts.Kept == nil || *content.Facts.Kept != r.nr {
		return Admission{}, falsehood(r.nr, "zegt niet goed wat er verloren is")
	}
	return Admission{r.nr, content.Facts.Checkpoint, content.Facts.Next}, nil
}

// begins follows the log to its next name, where its first checkpoint stands. It must come right after a record that admits a loss, and no
// such record may be without it: a log that changes its name in silence hides something, and so does one that keeps it.
func (c *check) begins(size int64, signed []byte) error {
	origin, _, _ := strings.Cut(string(signed), "\n")
	loss, admitted := c.losses[size-1]
	if origin == c.name.Name() {
		if admitted {
			return falsehood(size-1, "geeft een verlies toe, en het auditspoor gaat verder alsof er niets was")
		}
		return nil
	}
	if !admitted {
		return falsehood(size-1, "het controlepunt na deze regel hoort bij een ander auditspoor")
	}
	for i, v := range c.next {
		if v.Name() != origin {
			continue
		}
		if loss.Next != origin || !c.signed(loss.Checkpoint) {
			return falsehood(size-1, "zegt niet goed wat er verloren is")
		}
		c.before, c.name, c.next = append(c.before, c.name), v, c.next[i+1:]
		return nil
	}
	return falsehood(size-1, "na deze regel heet het auditspoor anders, en de sleutel daarvoor is niet gegeven")
}

// signed reports whether a lost checkpoint was signed by this log, under the name that it has here or an earlier one.
func (c *check) signed(checkpoint string) bool {
	_, err := note.Open([]byte(checkpoint), note.VerifierList(append(c.before, c.name)...))
	return err == nil
}
