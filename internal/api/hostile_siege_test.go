package api_test

import (
	"context"
	"database/sql"
	"io/fs"
	"maps"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/api/apitest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// siege is a region under attack, and what its database must hold.
type siege struct {
	*gatewaytest.Region
	t    *testing.T // of the attack under way
	db   *sql.DB    // the gateway's own database, read beside it
	want map[string]int

	patience time.Duration // until what is kept must be as it was
}

func besiege(t *testing.T, r *gatewaytest.Region) *siege {
	t.Helper()
	s := &siege{Region: r, t: t, patience: 10 * time.Second}
	err := filepath.WalkDir(r.Config.Dir, func(path string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".db" {
			s.db, err = sql.Open("sqlite", "file:"+path+"?_pragma=query_only(1)")
		}
		return err
	})
	if err != nil || s.db == nil {
		t.Fatalf("opening the database of the gateway: %v", err)
	}
	t.Cleanup(func() { s.db.Close() })
	s.want = s.held()
	return s
}

// held counts all that is kept: the records by kind, and the rows of every other table. Left out are the tables that follow from
// the records, the one record a minute that counts refused calls, and the jti of tokens that may be used once, which are kept so
// that they cannot be used again.
func (s *siege) held() map[string]int {
	s.t.Helper()
	held := map[string]int{}
	s.count(held, `SELECT 'record ' || kind, count(*) FROM record WHERE kind <> 'toegang-geweigerd' GROUP BY kind`)
	for _, table := range s.tables() {
		s.count(held, `SELECT '`+table+`', count(*) FROM "`+table+`"`)
	}
	s.count(held, `SELECT 'staged', count(*) FROM content WHERE staging IS NOT NULL`)
	return held
}

// tables gives every table that holds something of its own, also those of a later version.
func (s *siege) tables() []string {
	s.t.Helper()
	var list []string
	rows, err := s.db.QueryContext(context.Background(), `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND
		name NOT LIKE 'goose%' AND name NOT IN ('record', 'record_party', 'record_term', 'decision', 'hash', 'checkpoint', 'head', 'seen_token')`)
	if err != nil {
		s.t.Fatalf("listing what can be kept: %v", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			s.t.Fatal(err)
		}
		list = append(list, name)
	}
	if err := rows.Err(); err != nil || len(list) < 9 {
		s.t.Fatalf("only %d tables: %v", len(list), err)
	}
	return list
}

func (s *siege) count(held map[string]int, query string) {
	s.t.Helper()
	rows, err := s.db.QueryContext(context.Background(), query)
	if err != nil {
		s.t.Fatalf("counting what is kept: %v", err)
	}
	defer rows.Close()
	for rows.Next() {
		var what string
		var n int
		if err := rows.Scan(&what, &n); err != nil {
			s.t.Fatal(err)
		}
		held[what] = n
	}
	if err := rows.Err(); err != nil {
		s.t.Fatal(err)
	}
}

// unchangedBut wants that nothing is kept beside what was, and more. What a broken connection had begun is dropped when the
// gateway notices that, so a while is allowed.
func (s *siege) unchangedBut(more map[string]int) {
	s.t.Helper()
	for what, n := range more {
		s.want[what] += n
	}
	var diff string
	for until := time.Now().Add(s.patience); ; time.Sleep(20 * time.Millisecond) {
		if diff = cmp.Diff(s.want, s.held()); diff == "" || time.Now().After(until) {
			break
		}
	}
	if diff != "" {
		s.want, s.patience = s.held(), 0 // the next fails at once: two hundred that wait look like a hang
		s.t.Errorf("something else is kept (-want +got):\n%s", diff)
	}
}

// accepted is what one message in one chunk adds.
var accepted = map[string]int{"record besluit": 1, "record aangeboden": 1, "message": 1, "recipient": 1, "content": 1, "chunk": 1}

// servesOn wants that the gateway is ready, and accepts a message as if nothing had happened.
func (s *siege) servesOn() {
	s.t.Helper()
	resp, err := http.Get("http://" + s.Gateway.Addresses().Admin + "/readyz")
	if err != nil {
		s.t.Fatalf("asking whether the gateway is ready: %v", err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		s.t.Errorf("the gateway is not ready: %d", resp.StatusCode)
	}
	envelope, payload := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
	sent(s.t, s.Person("school/vc-1").Send(envelope, payload)).is(s.t, http.StatusCreated)
	s.unchangedBut(maps.Clone(accepted))
}

// try does a request that openapi.yaml may not allow.
func (s *siege) try(c *http.Client, method, path, contentType, body string, header ...string) answer {
	s.t.Helper()
	return wrong(s.t, c, method, s.URL+path, contentType, body, header...)
}

// upload sends a form as the school's safety coordinator.
func (s *siege) upload(parts ...gatewaytest.Part) answer {
	s.t.Helper()
	body, contentType := gatewaytest.Form(parts...)
	return s.uploadRaw(body, contentType)
}

func (s *siege) uploadRaw(body []byte, contentType string, header ...string) answer {
	s.t.Helper()
	return call(s.t, apitest.Invalid(context.Background()), s.sender().HTTP(), http.MethodPost, s.URL+"/v1/berichten", contentType, body, header...)
}

// sender is who sends in most attacks; receiver is whom the right message is for.
func (s *siege) sender() *gatewaytest.Person   { return s.Person("school/vc-1") }
func (s *siege) receiver() *gatewaytest.Person { return s.Person("politie/wa-7") }
