package gatewaytest

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestMessageOnPostgres plays a message from a sender to a recipient through a gateway that keeps everything in a database: accepted, there
// after a restart, fetched, confirmed, and its ciphertext gone.
func TestMessageOnPostgres(t *testing.T) {
	r := Start(t, OnPostgres())
	sender, receiver := r.Person("school/vc-1"), r.Person("politie/wa-7")
	e := r.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := r.Seal(e, 300<<10) // long enough to be staged
	if status, body := answer(t)(sender.Send(envelope, payload), nil); status != http.StatusCreated {
		t.Fatalf("sending: %d %s", status, body)
	}
	if n := count(t, r, "SELECT count(*) FROM doorvoer.chunk"); n == 0 {
		t.Error("no ciphertext is kept in the database")
	}
	r.Restart()
	if _, err := os.Stat(filepath.Join(r.Config.Dir, sqlite.FolderName)); !os.IsNotExist(err) {
		t.Errorf("a gateway on PostgreSQL made a database of its own: %v", err)
	}
	at := r.URL + "/v1/berichten/" + e.ID
	status, fetched := answer(t)(receiver.HTTP().Get(at + "/lading"))
	if status != http.StatusOK || !bytes.Equal(fetched, payload) {
		t.Fatalf("fetching: %d, %d bytes of %d", status, len(fetched), len(payload))
	}
	parsed, err := jose.Parse(envelope, jose.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := message.SignConfirmation(message.Confirmation{
		Message: e.ID, Envelope: digest.Of(parsed.Payload), Kind: message.Received, Conform: true, NotDeclared: []vocabulary.Category{},
		Time: message.Time{Time: time.Now(), Text: time.Now().UTC().Format(time.RFC3339)},
	}, receiver.Key)
	if err != nil {
		t.Fatal(err)
	}
	if status, body := answer(t)(receiver.HTTP().Post(at+"/bevestigingen", "application/jose", strings.NewReader(signed.Compact()))); status != http.StatusCreated {
		t.Fatalf("confirming: %d %s", status, body)
	}
	if status, _ := answer(t)(receiver.HTTP().Get(at + "/lading")); status != http.StatusNotFound {
		t.Errorf("fetching what was confirmed: %d", status)
	}
	if n := count(t, r, "SELECT count(*) FROM doorvoer.content"); n != 0 {
		t.Errorf("%d pieces of ciphertext are kept after the confirmation", n)
	}
}

// answer reads what came back to its end.
func answer(t *testing.T) func(*http.Response, error) (int, []byte) {
	return func(resp *http.Response, err error) (int, []byte) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, body
	}
}

func count(t *testing.T, r *Region, query string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), r.Database.Owner)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
