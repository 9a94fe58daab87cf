package move

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// standing is how a file and a database stand to gateways.
type standing struct{ file, database string }

// stand tells how both stand, as a gateway finds them.
func stand(t testing.TB, l trail, db *pgtest.Database) (st standing) {
	t.Helper()
	here, err := sqlite.Open(t.Context(), l.file())
	var gone sqlite.DepartedError
	switch {
	case errors.As(err, &gone):
		st.file = "left"
	case err == nil:
		st.file = "good"
		must(t, here.Close())
	default:
		t.Fatal(err)
	}
	there, err := postgres.Open(t.Context(), postgres.Options{URL: db.Gateway})
	switch {
	case errors.Is(err, postgres.ErrFilling):
		st.database = "closed"
	case err == nil:
		head, err := there.Head(t.Context())
		must(t, err)
		if st.database = "empty"; head.Size > 0 {
			st.database = "good"
		}
		must(t, there.Close())
	default:
		t.Fatal(err)
	}
	return st
}

// wentOver wants that a store is in the database and nowhere else, whole, and goes on there.
func wentOver(t testing.TB, l trail, db *pgtest.Database) {
	t.Helper()
	if got, want := stand(t, l, db), (standing{"left", "good"}); got != want {
		t.Fatalf("%+v, want %+v", got, want)
	}
	s := opened(t, db)
	defer s.Close()
	head, err := s.Head(t.Context())
	must(t, err)
	if diff := cmp.Diff(l.head(t), head); diff != "" {
		t.Errorf("the head of the log (-file +database):\n%s", diff)
	}
	l.grow(t, s, "later", 1) // NewSequencer compares the tree with its checkpoint
	r, err := Run(t.Context(), l.to(t, db))
	if err != nil || r.Before != Finished {
		t.Errorf("once more: %+v, %v", r, err)
	}
}

// TestBrokenOffByAPerson: up to the moment that the file is left, nothing happened; after it everything does.
func TestBrokenOffByAPerson(t *testing.T) {
	log, db := newTrail(t, 3), migrated(t)
	for step := Copying; step <= Opening; step++ {
		l := log.copied(t)
		ctx, cancel := context.WithCancel(t.Context())
		o := l.to(t, db)
		o.Tell = func(p Progress) {
			if p.Step == step {
				cancel()
			}
		}
		_, err := Run(ctx, o)
		cancel()
		if step >= Leaving {
			must(t, err)
			wentOver(t, l, db)
			emptied(t, db)
			continue
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("step %d: %v", step, err)
		}
		if got, want := stand(t, l, db), (standing{"good", "empty"}); got != want {
			t.Fatalf("broken off in step %d: %+v, want %+v", step, got, want)
		}
	}
}

// TestBrokenOffInTheMiddle of a statement, wherever chance has it: then nothing happened, or everything.
func TestBrokenOffInTheMiddle(t *testing.T) {
	log, db := newTrail(t, 3), migrated(t)
	for step := Copying; step <= Verifying; step++ {
		l := log.copied(t)
		ctx, cancel := context.WithCancel(t.Context())
		o := l.to(t, db)
		begun := false
		o.Tell = func(p Progress) {
			if p.Step == step && !begun {
				begun = true
				time.AfterFunc(time.Duration(rand.IntN(30))*time.Millisecond, cancel)
			}
		}
		_, err := Run(ctx, o)
		cancel()
		want := standing{"good", "empty"}
		if err == nil {
			want = standing{"left", "good"}
		}
		if got := stand(t, l, db); got != want {
			t.Fatalf("broken off in step %d: %+v, %v", step, got, err)
		}
		emptied(t, db)
	}
}

// TestTheServerDies while a store comes in, before and after that was kept.
func TestTheServerDies(t *testing.T) {
	cluster := pgtest.Start(t)
	log, db := newTrail(t, 3), cluster.Database(t)
	must(t, postgres.Migrate(t.Context(), postgres.Options{URL: db.Owner}))
	for _, c := range []struct {
		step Step
		want standing
	}{{Keeping, standing{"good", "empty"}}, {Verifying, standing{"good", "closed"}}, {Opening, standing{"left", "closed"}}} {
		step, want := c.step, c.want
		l := log.copied(t)
		o := l.to(t, db)
		o.Tell = func(p Progress) {
			if p.Step == step {
				cluster.Kill()
			}
		}
		_, err := Run(t.Context(), o)
		var left *LeftError
		if err == nil || errors.As(err, &left) != (want.file == "left") {
			t.Fatalf("killed in step %d: %v", step, err)
		}
		cluster.Restart(t)
		if got := stand(t, l, db); got != want {
			t.Errorf("killed in step %d: %+v, want %+v", step, got, want)
		}
		_, err = Run(t.Context(), l.to(t, db))
		must(t, err)
		wentOver(t, l, db)
		emptied(t, db)
	}
}

// TestAGatewayThatStartsMeanwhile comes in neither here nor there.
func TestAGatewayThatStartsMeanwhile(t *testing.T) {
	l, db := newTrail(t, 3), migrated(t)
	o := l.to(t, db)
	o.Tell = func(p Progress) {
		if p.Step != Copying && p.Step != Keeping { // where it would wait for its turn
			if _, err := postgres.Open(t.Context(), postgres.Options{URL: db.Gateway}); !errors.Is(err, postgres.ErrFilling) {
				t.Errorf("step %d: it opens the database: %v", p.Step, err)
			}
		}
		if _, err := sqlite.Open(t.Context(), l.file()); !errors.Is(err, sqlite.ErrInUse) {
			t.Errorf("step %d: it opens the file: %v", p.Step, err)
		}
	}
	_, err := Run(t.Context(), o)
	must(t, err)
	wentOver(t, l, db)
	s := inDatabase{opened(t, db), db}
	defer s.Close()
	if _, err := s.Head(t.Context()); err != nil || errors.Is(err, audit.ErrLost) {
		t.Error(err)
	}
}
