package relay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Fetch gives an age file and its length in bytes, after the record `opgehaald` is durable: to nobody of whom the trail does not
// say so. The lading goes to an addressed participant (or the recorded substitute), the motivering to a privacyfunctionaris of
// the sender's or a recipient's party. ErrNotFound, ErrErased, ErrNotAddressed. The reader ends with ctx.
func (r *Relay) Fetch(ctx context.Context, caller auth.Caller, id string, part Part) (io.ReadCloser, int64, error) {
	file, err := onNewest(ctx, r, func(s *registry.Snapshot) (fetched, error) {
		content, length, err := r.fetch(ctx, s, caller, id, part)
		return fetched{content, length}, err
	})
	return file.content, file.length, err
}

type fetched struct {
	content io.ReadCloser
	length  int64
}

// fetch gives it by the cards of one moment; errStale when they are no longer those in force.
func (r *Relay) fetch(ctx context.Context, s *registry.Snapshot, caller auth.Caller, id string, part Part) (io.ReadCloser, int64, error) {
	if !r.counts(s, caller) {
		return nil, 0, errStale
	}
	st, err := r.visible(ctx, caller, id)
	if err != nil {
		return nil, 0, err
	}
	e, err := keptEnvelope(st)
	if err != nil {
		return nil, 0, err
	}
	content, notYours, gone := &e.Payload, ErrNotAddressed, ErrErased
	as, may, inTime := r.readerOfPayload(s, caller, st)
	held := st.HasPayload && inTime
	if part == MotivationPart {
		content, held = e.Motivation, st.HasMotive && r.now().Before(st.MotiveUntil)
		notYours, gone = ErrMotivationNotYours, ErrMotivationErased
		as, may = vocabulary.FunctionPrivacyOfficer, holds(caller, vocabulary.FunctionPrivacyOfficer)
	}
	switch {
	case content == nil:
		return nil, 0, ErrNotFound
	case !may:
		return nil, 0, notYours
	case !held:
		return nil, 0, gone
	}
	// Opened before it is recorded, so that the trail never says that somebody fetched what nobody can.
	file, err := r.open(ctx, id, part)
	if errors.Is(err, ErrErased) {
		return nil, 0, gone // between our look and now
	}
	if err != nil {
		return nil, 0, err
	}
	rec := answerRecord(tlog.Fetched, e, caller.OIN(), caller.ID(), as)
	rec.Payload = &tlog.PayloadRef{Digest: content.Digest.String()}
	change := audit.Change{Records: []tlog.Record{rec}, Guard: heldBy(s)}
	change.Keep = r.Retained(change)
	if _, err := r.log.Commit(ctx, change); err != nil {
		return nil, 0, fmt.Errorf("recording that the message of record %d is fetched: %w", st.Nr, err)
	}
	return io.NopCloser(file), content.Length, nil
}

// readerOfPayload gives the function in which the caller may fetch: a recipient's of which the caller is addressed, while the
// caller's card names that function ("only a participant who stands on the party's card in that function, at that moment, can
// send or receive", VOCABULARY). It is too late when the term of that recipient is over: what is then still there is there for
// another recipient.
func (r *Relay) readerOfPayload(s *registry.Snapshot, caller auth.Caller, st Stored) (in vocabulary.Function, may, inTime bool) {
	now := r.now()
	for _, i := range r.addressed(s, caller, st) {
		to := st.Recipients[i]
		if !holds(caller, to.Function) {
			continue
		}
		in, may = to.Function, true
		if !to.over(now) {
			return in, true, true
		}
	}
	return in, may, false
}

func holds(caller auth.Caller, f vocabulary.Function) bool {
	return slices.Contains(caller.Participant.Participant().Functions, f)
}

// addressed gives the recipients (indexes) among whose people the caller is, or somebody whom the caller replaces today.
func (r *Relay) addressed(s *registry.Snapshot, caller auth.Caller, st Stored) []int {
	var found []int
	book, now := s.Book, r.now()
	for i, to := range st.Recipients {
		if to.Party == caller.OIN() && slices.ContainsFunc(to.People, func(id string) bool {
			p, ok := book.Participant(to.Party, id)
			return id == caller.ID() || ok && replaces(p.Participant(), caller.ID(), now)
		}) {
			found = append(found, i)
		}
	}
	return found
}

// open gives the age file as it came in: what is at rest, decrypted with the key of its day.
func (r *Relay) open(ctx context.Context, id string, part Part) (io.Reader, error) {
	kept := &keptChunks{ctx: ctx, store: r.store, id: id, part: part}
	file, err := age.Decrypt(kept, dayIdentity{keys: r.keys, id: id, of: part})
	switch {
	case errors.Is(err, ErrKeyGone), errors.Is(err, ErrNotFound):
		return nil, ErrErased
	case err != nil:
		return nil, fmt.Errorf("opening the %s of a message: %w", part, err)
	}
	return file, nil
}

// keptChunks reads the chunks of a file one after the other.
type keptChunks struct {
	ctx   context.Context
	store Store
	id    string
	part  Part
	nr    int
	chunk bytes.Reader
}

func (k *keptChunks) Read(p []byte) (int, error) {
	for k.chunk.Len() == 0 {
		next, err := k.store.Chunk(k.ctx, k.id, k.part, k.nr)
		if err != nil {
			return 0, err // io.EOF after the last one
		}
		k.chunk.Reset(next)
		k.nr++
	}
	return k.chunk.Read(p)
}
