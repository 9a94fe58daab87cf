package postgres

import (
	"context"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// knowing gathers what messages that come in at the same time ask first: was it sent before, did its case begin? One question to the server
// answers all that came while the one before was under way; alone, each would take a turn of the server.
type knowing struct {
	mu      sync.Mutex
	waiting []*known
	asking  bool // somebody asks, and will ask for who waits too
}

// known is what one caller asks. What it is told is read after done only.
type known struct {
	id, caseID string
	is         relay.Known
	err        error
	done       chan struct{}
}

// mostKnown is how many are asked for at once.
const mostKnown = 256

// Known tells whether there is a message with this id, whether anything was sent in this case, and how long the log is: all that was
// committed before the call, as it was at one moment.
func (s *Store) Known(ctx context.Context, id, caseID string) (relay.Known, error) {
	k := &known{id: id, caseID: caseID, done: make(chan struct{})}
	if s.knowing.join(k) {
		go s.askKnown()
	}
	select {
	case <-k.done:
		if k.err != nil {
			return relay.Known{}, fmt.Errorf("reading whether a message or a case is known: %w", inWords(k.err))
		}
		return k.is, nil
	case <-ctx.Done():
		return relay.Known{}, fmt.Errorf("waiting to read whether a message or a case is known: %w", context.Cause(ctx))
	}
}

// join adds who asks, and reports whether nobody is asking.
func (q *knowing) join(k *known) (first bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, k)
	first, q.asking = !q.asking, true
	return first
}

// next takes those who wait; none when the one who asks may stop.
func (q *knowing) next() []*known {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.waiting), mostKnown)
	batch := q.waiting[:n:n]
	if q.waiting = q.waiting[n:]; n == 0 {
		q.waiting, q.asking = nil, false
	}
	return batch
}

// askKnown asks for who waits until nobody does. No caller's context counts: the question is everybody's.
func (s *Store) askKnown() {
	for {
		batch := s.knowing.next()
		if len(batch) == 0 {
			return
		}
		err := s.readKnown(batch)
		for _, k := range batch {
			k.err = err
			close(k.done)
		}
	}
}

// selectKnown looks each one up in an index. OFFSET 0 keeps it so: without it a plan may read the whole table once.
const selectKnown = `
	SELECT EXISTS (SELECT 1 FROM sluis.message m WHERE m.id = q.id OFFSET 0), EXISTS (SELECT 1 FROM sluis.message m WHERE m.case_id = q.case_id OFFSET 0),
		(SELECT size FROM sluis.head WHERE id = 1)
	FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS q (id, case_id, at) ORDER BY at`

func (s *Store) readKnown(batch []*known) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	ids, cases := make([]string, len(batch)), make([]string, len(batch))
	for i, k := range batch {
		ids[i], cases[i] = k.id, k.caseID
	}
	rows, err := s.pool.Query(ctx, selectKnown, ids, cases)
	if err != nil {
		return err
	}
	var is relay.Known
	answered := 0
	_, err = pgx.ForEachRow(rows, []any{&is.Sent, &is.Began, &is.Size}, func() error {
		if answered < len(batch) {
			batch[answered].is = is
		}
		answered++
		return nil
	})
	if err == nil && answered != len(batch) {
		err = fmt.Errorf("%d answers to %d questions", answered, len(batch))
	}
	return err
}
