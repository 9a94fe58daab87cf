package tlog

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func ptr[T any](v T) *T { return &v }

// testRecord is a record as the sequencer completes it, with every field set.
func testRecord() Record {
	return Record{
		Nr: 7, Time: "2026-11-21T10:00:00.000Z", Kind: Decided,
		TraceID: strings.Repeat("0a", 16), SpanID: strings.Repeat("0b", 8),
		Message: ptr("019aa5d6-6b2e-7000-8000-000000000001"), Case: ptr("019aa5d6-6b2e-7000-8000-000000000002"),
		Sender:     &Actor{Party: "00000099000000030000", Participant: "vc-1", Function: "veiligheidscoordinator"},
		Recipients: []Target{{Party: "00000099000000020000", Function: "wijkagent", Participants: []string{"wa-7"}}},
		Convenant:  &ConvenantRef{ID: "denbosch", Version: 1}, Purpose: ptr("veilige-school"), Basis: ptr("avg-6-1-e"),
		Categories: []string{"signaal"}, Subjects: []string{"tag"}, Phase: ptr(2), Decision: ptr("toegestaan"),
		Reasons: []string{}, Facts: json.RawMessage(`{"gesteld":{"fase":2},"vastgesteld":{"tekst":"é <>&"}}`),
		Policy: ptr("sha-256=:x:"), Payload: &PayloadRef{Digest: "sha-256=:y:"}, JWS: ptr("a.b.c"),
		Salt: base64.RawURLEncoding.EncodeToString(make([]byte, SaltLength)),
	}
}

func testRecordJSON(t testing.TB) []byte {
	t.Helper()
	canonical, err := testRecord().Canonical()
	if err != nil {
		t.Fatal(err)
	}
	return canonical
}

func TestCanonicalFormHasEveryKeyAndNoNullList(t *testing.T) {
	r := Record{Time: testRecord().Time, Kind: Refused, Recipients: []Target{{}}, Salt: testRecord().Salt}
	canonical, err := r.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"afzender":null,"beleid":null,"bericht":null,"besluit":null,"betrokkenen":[],"convenant":null,"doel":null,` +
		`"fase":null,"feiten":null,"gegevens":[],"grondslag":null,"jws":null,"lading":null,"nr":0,` +
		`"ontvangers":[{"deelnemers":[],"functie":"","partij":""}],"redenen":[],"soort":"toegang-geweigerd","spanId":"",` +
		`"tijd":"2026-11-21T10:00:00.000Z","traceId":"","zaak":null,"zout":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}`
	if diff := cmp.Diff(want, string(canonical)); diff != "" {
		t.Error(diff)
	}
}

func TestRecordReadsBack(t *testing.T) {
	want := testRecord()
	got, err := ParseRecord(testRecordJSON(t))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRecordsThatAreRefused(t *testing.T) {
	good := string(testRecordJSON(t))
	replace := func(from, to string) string {
		if !strings.Contains(good, from) {
			t.Fatalf("the record does not hold %q", from)
		}
		return strings.Replace(good, from, to, 1)
	}
	for name, input := range map[string]string{
		"unknown key":       replace(`"nr":7`, `"nr":7,"nummer":7`),
		"missing key":       replace(`"fase":2,`, ``),
		"key twice":         replace(`"nr":7`, `"nr":7,"nr":7`),
		"key in capitals":   replace(`"nr":7`, `"Nr":7`),
		"null list":         replace(`"gegevens":["signaal"]`, `"gegevens":null`),
		"null number":       replace(`"nr":7`, `"nr":null`),
		"text for number":   replace(`"nr":7`, `"nr":"7"`),
		"broken number":     replace(`"nr":7`, `"nr":7.5`),
		"negative nr":       replace(`"nr":7`, `"nr":-7`),
		"time with offset":  replace(`10:00:00.000Z`, `11:00:00.000+01:00`),
		"time in seconds":   replace(`10:00:00.000Z`, `10:00:00Z`),
		"no kind":           replace(`"besluit"`, `""`) + " ",
		"short salt":        replace(`AAAA"`, `"`),
		"padded salt":       replace(`AAAA"`, `AAAA="`),
		"trace in capitals": replace(strings.Repeat("0a", 16), strings.Repeat("0A", 16)),
		"two values":        good + good,
		"empty":             "",
		"too long":          good + strings.Repeat(" ", 2*MaxRecord),
	} {
		if name == "no kind" {
			input = replace(`"soort":"besluit"`, `"soort":""`)
		}
		if _, err := ParseRecord([]byte(input)); !errors.Is(err, ErrRecord) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTooLongRecord(t *testing.T) {
	r := testRecord()
	r.JWS = ptr(strings.Repeat("x", MaxRecord))
	if _, err := r.Canonical(); !errors.Is(err, ErrTooLong) {
		t.Error(err)
	}
	r = testRecord()
	r.Facts = json.RawMessage(`{"a":`)
	if _, err := r.Canonical(); !errors.Is(err, ErrRecord) {
		t.Error(err)
	}
}

// Law: whatever a record holds, its canonical form reads back to a record with the same canonical form.
func TestCanonicalIsAFixedPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := testRecord()
		r.Nr = rapid.Int64Range(0, 1<<53-1).Draw(t, "nr")
		r.Purpose = ptr(rapid.String().Draw(t, "purpose"))
		r.Categories = rapid.SliceOf(rapid.String()).Draw(t, "categories")
		facts, err := json.Marshal(rapid.MapOf(rapid.String(), rapid.Float64Range(-1e300, 1e300)).Draw(t, "facts"))
		if err != nil {
			t.Fatal(err)
		}
		r.Facts = facts
		first, err := r.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseRecord(first)
		if err != nil {
			t.Fatal(err)
		}
		second, err := back.Canonical()
		if err != nil || string(first) != string(second) {
			t.Fatalf("%v\n%s\n%s", err, first, second)
		}
	})
}

func FuzzParseRecord(f *testing.F) {
	f.Add(testRecordJSON(f))
	f.Add([]byte(`{"nr":1e3}`))
	f.Add([]byte(`[[[[`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseRecord(data)
		if err != nil {
			return
		}
		if _, err := r.Canonical(); err != nil {
			t.Errorf("was read and cannot be written: %v", err)
		}
	})
}
