package gateway_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestASendThatIsRepeatedAtAnotherGateway while the first one keeps it: the other has looked for the message in vain, then the first accepts
// it, and then a party withdraws. The sender hears from both what the first said, and not "refused" about what was delivered.
func TestASendThatIsRepeatedAtAnotherGateway(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.OnPostgres())
	other, sender := r.Another(), r.Person("school/vc-1")
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 200<<10)
	body, contentType := gatewaytest.Form(
		gatewaytest.Part{Name: "envelop", Type: "application/jose", Data: []byte(envelope)},
		gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: payload})
	// The other gateway gets the whole envelope, and no byte of what comes after it, until all that has happened.
	whole := bytes.Index(body, []byte(envelope)) + len(envelope)
	whole += bytes.Index(body[whole:], []byte("Content-"))
	rest, more := io.Pipe()
	type answer struct {
		status int
		text   string
	}
	answers := make(chan answer, 1)
	go func() {
		resp, err := sender.HTTP().Post(other.URL+"/v1/berichten", contentType, io.MultiReader(bytes.NewReader(body[:whole]), rest))
		if err != nil {
			t.Error(err)
			answers <- answer{}
			return
		}
		answers <- answer{resp.StatusCode, textOf(t, resp)}
	}()
	awaitLookedFor(t, r)
	resp, err := sender.SendTo(r.URL, envelope, payload)
	if err != nil {
		t.Fatal(err)
	}
	first := answer{resp.StatusCode, textOf(t, resp)}
	r.Say("school", r.Convenant, convenant.Withdrawn)
	go func() {
		more.Write(body[whole:]) // an answer that came first is judged below
		more.Close()
	}()
	second := <-answers
	rest.Close()
	if first.status != http.StatusCreated || second != first {
		t.Errorf("the first answer is\n%d %s\nand the second\n%d %s", first.status, first.text, second.status, second.text)
	}
}

// awaitLookedFor waits until a gateway asked the database whether a message is known.
func awaitLookedFor(t *testing.T, r *gatewaytest.Region) {
	t.Helper()
	admin, err := pgx.Connect(t.Context(), r.Database.Cluster.Admin(r.Database.Name))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(t.Context())
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		var asked bool
		err := admin.QueryRow(t.Context(), `SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'
			AND pid <> pg_backend_pid() AND query LIKE '%sluis.message WHERE case_id = $2%')`).Scan(&asked)
		if err != nil {
			t.Fatal(err)
		}
		if asked {
			return
		}
	}
	t.Fatal("no gateway looked for the message")
}
