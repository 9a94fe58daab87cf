package api

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
)

// got is what a reader of an upload finds, in the order in which relay asks.
type got struct {
	envelope   string
	motivation *int
	payload    int
}

// receive asks for everything, as relay does.
func receive(contentType, body string) (got, error) {
	r := httptest.NewRequest(http.MethodPost, "/v1/berichten", strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	var g got
	u, err := newUpload(r)
	if err != nil {
		return g, err
	}
	if g.envelope, err = u.envelope(); err != nil {
		return g, err
	}
	if _, err = u.coSignature(); err != nil {
		return g, err
	}
	m, err := u.motivation()
	if err != nil {
		return g, err
	}
	if m != nil {
		data, err := io.ReadAll(m)
		if err != nil {
			return g, err
		}
		n := len(data)
		g.motivation = &n
	}
	p, err := u.payload()
	if err != nil {
		return g, err
	}
	n, err := io.Copy(io.Discard, p)
	g.payload = int(n)
	return g, err
}

const formType = "multipart/form-data; boundary=b"

// formPart writes one part by hand; extra are whole header lines.
func formPart(name, contentType, data string, extra ...string) string {
	head := `Content-Disposition: form-data; name="` + name + `"` + "\r\n"
	if contentType != "" {
		head += "Content-Type: " + contentType + "\r\n"
	}
	for _, line := range extra {
		head += line + "\r\n"
	}
	return "--b\r\n" + head + "\r\n" + data + "\r\n"
}

const end = "--b--\r\n"

func TestHostileForms(t *testing.T) {
	var (
		envelope   = formPart("envelop", typeJOSE, "a.b.c")
		second     = formPart("medeondertekening", typeJOSE, "a.b.c")
		motivation = formPart("motivering", typeBytes, "m")
		payload    = formPart("lading", typeBytes, "ciphertext")
	)
	long := func(n int) string { return strings.Repeat("x", n) }
	for _, tc := range []struct {
		name, body string
		want       code // "" when it is right
	}{
		{"right", envelope + payload + end, ""},
		{"with motivation", envelope + motivation + payload + end, ""},
		{"preamble", "hello\r\n" + envelope + payload + end, ""},
		{"empty", "", badRequest},
		{"nothing but the end", end, badRequest},
		{"no envelope", payload + end, badRequest},
		{"no payload", envelope + end, badRequest},
		{"payload first", payload + envelope + end, badRequest},
		{"motivation last", envelope + payload + motivation + end, badRequest},
		{"motivation first", motivation + envelope + payload + end, badRequest},
		{"two envelopes", envelope + envelope + payload + end, badRequest},
		{"two payloads", envelope + payload + payload + end, badRequest},
		{"two motivations", envelope + motivation + motivation + payload + end, badRequest},
		{"unknown part", envelope + formPart("bijlage", typeBytes, "x") + payload + end, badRequest},
		{"unknown part at the end", envelope + payload + formPart("bijlage", typeBytes, "x") + end, badRequest},
		{"second signature", envelope + second + payload + end, ""},
		{"second signature and motivation", envelope + second + motivation + payload + end, ""},
		{"second signature that is empty", envelope + formPart("medeondertekening", typeJOSE, "") + payload + end, badRequest},
		{"second signature after the motivation", envelope + motivation + second + payload + end, badRequest},
		{"second signature first", second + envelope + payload + end, badRequest},
		{"second signature last", envelope + payload + second + end, badRequest},
		{"second signature twice", envelope + second + second + payload + end, badRequest},
		{"second signature of another type", envelope + formPart("medeondertekening", typeBytes, "a.b.c") + payload + end, wrongType},
		{"long second signature", envelope + formPart("medeondertekening", typeJOSE, long(jose.MaxCompactBytes+1)) + payload + end, tooLarge},
		{"longest second signature", envelope + formPart("medeondertekening", typeJOSE, long(jose.MaxCompactBytes)) + payload + end, ""},
		{"no name", envelope + strings.Replace(payload, `; name="lading"`, "", 1) + end, badRequest},
		{"attachment", envelope + strings.Replace(payload, "form-data", "attachment", 1) + end, badRequest},
		{"two names", envelope + strings.Replace(payload, `name="lading"`, `name="lading"; name="envelop"`, 1) + end, badRequest},
		{"header twice", envelope + formPart("lading", typeBytes, "x", "Content-Type: text/plain") + end, badRequest},
		{"transfer encoding", envelope + formPart("lading", typeBytes, "eA==", "Content-Transfer-Encoding: base64") + end, badRequest},
		{"quoted printable", envelope + formPart("lading", typeBytes, "=41", "Content-Transfer-Encoding: quoted-printable") + end, badRequest},
		{"broken off in the payload", envelope + payload[:len(payload)-5], badRequest},
		{"broken off in a header", envelope + "--b\r\nContent-Dispo", badRequest},
		{"no end", envelope + payload, badRequest},
		{"bare newlines in a header", envelope + "--b\nContent-Disposition form-data\n\nx\n" + end, badRequest},
		{"envelope of another type", formPart("envelop", "application/json", "{}") + payload + end, wrongType},
		{"envelope without a type", formPart("envelop", "", "a.b.c") + payload + end, wrongType},
		{"payload of another type", envelope + formPart("lading", "text/plain", "x") + end, wrongType},
		{"motivation of another type", envelope + formPart("motivering", "text/plain", "x") + payload + end, wrongType},
		{"long envelope", formPart("envelop", typeJOSE, long(jose.MaxCompactBytes+1)) + payload + end, tooLarge},
		{"longest envelope", formPart("envelop", typeJOSE, long(jose.MaxCompactBytes)) + payload + end, ""},
		{"long motivation", envelope + formPart("motivering", typeBytes, long(message.MaxMotivation+1)) + payload + end, tooLarge},
		{"longest motivation", envelope + formPart("motivering", typeBytes, long(message.MaxMotivation)) + payload + end, ""},
		{"long header", envelope + formPart("lading", typeBytes, "x", "X-Long: "+long(1<<20)) + end, tooLarge},
		{"many headers", envelope + formPart("lading", typeBytes, "x", strings.Repeat("X-A: b\r\n", 20000)+"X-B: c") + end, tooLarge},
		{"long preamble", strings.Repeat("x\r\n", 1<<18) + envelope + payload + end, tooLarge},
		{"long line before the form", long(1<<20) + "\r\n" + envelope + payload + end, badRequest},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g, err := receive(formType, tc.body)
			var r *refusal
			switch {
			case tc.want == "" && (err != nil || g.envelope == "" || g.payload == 0):
				t.Errorf("refused: %v", err)
			case tc.want != "" && (!errors.As(err, &r) || r.code != tc.want):
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}

func TestLongestPayload(t *testing.T) {
	whole := strings.Repeat("x", message.MaxPayload)
	form := func(data string) string {
		return formPart("envelop", typeJOSE, "a.b.c") + formPart("lading", typeBytes, data) + end
	}
	if g, err := receive(formType, form(whole)); err != nil || g.payload != len(whole) {
		t.Errorf("the longest payload: %d bytes, %v", g.payload, err)
	}
	_, err := receive(formType, form(whole+"x"))
	if r := (*refusal)(nil); !errors.As(err, &r) || r.code != tooLarge {
		t.Errorf("a byte more: %v", err)
	}
}

// TestAMotivationThatNobodyAskedForIsAFault: relay may skip it when the envelope names none.
func TestAMotivationThatNobodyAskedForIsAFault(t *testing.T) {
	body := formPart("envelop", typeJOSE, "a.b.c") + formPart("motivering", typeBytes, "m") + formPart("lading", typeBytes, "x") + end
	r := httptest.NewRequest(http.MethodPost, "/v1/berichten", strings.NewReader(body))
	r.Header.Set("Content-Type", formType)
	u, err := newUpload(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.envelope(); err != nil {
		t.Fatal(err)
	}
	if _, err := u.payload(); err == nil || u.broken == nil {
		t.Errorf("got %v, broken %v", err, u.broken)
	}
}

func TestBoundary(t *testing.T) {
	for contentType, ok := range map[string]bool{
		formType:              true,
		"multipart/form-data": false,
		"multipart/form-data; boundary=" + strings.Repeat("b", 71): false,
		"multipart/form-data; boundary=":                           false,
	} {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.Header.Set("Content-Type", contentType)
		if _, err := newUpload(r); (err == nil) != ok {
			t.Errorf("%s: %v", contentType, err)
		}
	}
}

// FuzzUpload: whatever comes in, in whatever boundary, the answer is the parts or a refusal that a caller may see.
func FuzzUpload(f *testing.F) {
	envelope, payload := formPart("envelop", typeJOSE, "a.b.c"), formPart("lading", typeBytes, "x")
	f.Add(formType, envelope+payload+end)
	f.Add(formType, envelope+formPart("motivering", typeBytes, "m")+payload+end)
	f.Add(formType, payload+envelope+end)
	f.Add(formType, envelope+payload)
	f.Add(`multipart/form-data; boundary="--"`, "----\r\n")
	f.Add("multipart/form-data; boundary*=utf-8''b", envelope)
	f.Fuzz(func(t *testing.T, contentType, body string) {
		g, err := receive(contentType, body)
		var r *refusal
		if err != nil && !errors.As(err, &r) {
			t.Fatalf("an error that is no refusal: %v", err)
		}
		if err == nil && (len(g.envelope) > jose.MaxCompactBytes || g.payload > message.MaxPayload) {
			t.Fatal("more came through than may")
		}
	})
}
