package strictjson_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// RFC 8785, 3.2.2 and 3.2.4: the example object and its canonical bytes.
func TestCanonicalRFC8785(t *testing.T) {
	const in = `{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}`
	const want = `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
		`"string":"€$\u000f\nA'B\"\\\\\"/"}`
	got, err := strictjson.Canonical([]byte(in))
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
}

// RFC 8785, 3.2.3: keys are sorted by UTF-16 code units, so that 😀 (a surrogate pair) comes before דּ.
func TestCanonicalSortsByUTF16(t *testing.T) {
	got, err := strictjson.Canonical([]byte(`{"\ufb33":1,"\ud83d\ude00":2,"\u20ac":3,"\r":4,"1":5,"\u0080":6,"\u00f6":7}`))
	const want = "{\"\\r\":4,\"1\":5,\"\u0080\":6,\"ö\":7,\"€\":3,\"😀\":2,\"\ufb33\":1}"
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestCanonicalRefuses(t *testing.T) {
	for name, in := range map[string]string{
		"duplicate keys": `{"geheim":1,"geheim":2}`, "invalid UTF-8": "\"geheim\xff\"", "nothing": ``,
		"two values": `"geheim" 1`, "cut off": `{"geheim"`, "lone surrogate": `"geheim\ud800"`,
	} {
		got, err := strictjson.Canonical([]byte(in))
		if err == nil {
			t.Errorf("%s: gave %s", name, got)
		} else if strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: the error quotes the input", name)
		}
	}
	if _, err := strictjson.MarshalCanonical(make(chan int)); err == nil {
		t.Error("encoded a channel")
	}
}

func TestCanonicalLeavesItsInputAlone(t *testing.T) {
	in := []byte(`{"b":1,"a":2}`)
	if _, err := strictjson.Canonical(in); err != nil || string(in) != `{"b":1,"a":2}` {
		t.Errorf("now %s, %v", in, err)
	}
}

// Laws: the canonical form of a value is itself canonical, means the same, and does not depend on order or white space.
func TestCanonicalLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.MapOf(rapid.String(), rapid.SliceOfN(rapid.String(), 0, 3)).Draw(t, "value")
		compact, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		indented, err := json.MarshalIndent(value, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		one, err := strictjson.Canonical(compact)
		if err != nil {
			t.Fatal(err)
		}
		two, err := strictjson.Canonical(indented)
		if err != nil || !bytes.Equal(one, two) {
			t.Fatalf("%s is not %s (%v)", one, two, err)
		}
		again, err := strictjson.Canonical(one)
		if err != nil || !bytes.Equal(one, again) {
			t.Fatalf("%s became %s (%v)", one, again, err)
		}
	})
}

// Laws: no panic; what both accept, both accept for the same reasons: Parse without faults means that Canonical works.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{good, `{`, `[[[[`, `{"a":{"a":1,"a":2}}`, `"\ud800"`, `-0`, `1e999`, "\xff", `{"":0}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var faults fault.List
		o := strictjson.Parse(data, strictjson.Limits{}, &faults).Object(&faults)
		for _, name := range o.Names() {
			o.Field(name).Text(10, new(fault.List))
		}
		o.End()
		if len(faults) > 0 {
			return
		}
		if _, err := strictjson.Canonical(data); err != nil && !bytes.ContainsAny(data, "eE123456789") {
			t.Errorf("accepted by Parse and refused by Canonical: %v", err) // but for numbers beyond float64
		}
	})
}
