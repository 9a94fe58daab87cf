package strictjson_test

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// read reads the form {"naam": text, "aantal": 1..10, "actief": bool, "lijst": [text]×0..2, "leeg": text or null}.
func read(data string, limits strictjson.Limits) fault.List {
	var faults fault.List
	o := strictjson.Parse([]byte(data), limits, &faults).Object(&faults)
	o.Text("naam", 5)
	o.Int("aantal", 1, 10)
	o.Bool("actief")
	for _, n := range o.Array("lijst", 0, 2) {
		n.Text(5, &faults)
	}
	if n, ok := o.Nullable("leeg"); ok {
		n.Text(5, &faults)
	}
	o.End()
	return faults
}

const good = `{"naam":"Anna","aantal":3,"actief":true,"lijst":["a"],"leeg":null}`

func TestStrict(t *testing.T) {
	cases := map[string]struct {
		old, new string
		want     []string
	}{
		"as it should be":        {``, ``, nil},
		"white space around":     {good, " \n" + good + "\t", nil},
		"accents count once":     {`"Anna"`, `"Zoë-é"`, nil},
		"escapes":                {`"Anna"`, `"A\u006ena"`, nil},
		"unknown key":            {`"naam"`, `"extra":1,"naam"`, []string{"extra: is geen bekend veld"}},
		"duplicate key":          {`"naam"`, `"naam":"B","naam"`, []string{"naam: staat er meer dan één keer"}},
		"duplicate by an escape": {`"naam"`, `"na\u0061m":"B","naam"`, []string{"naam: staat er meer dan één keer"}},
		"capitals are other":     {`"naam"`, `"Naam"`, []string{"naam: ontbreekt", "Naam: is geen bekend veld"}},
		"missing key":            {`"aantal":3,`, ``, []string{"aantal: ontbreekt"}},
		"null is not absent":     {`"leeg":null`, `"x":null`, []string{"leeg: ontbreekt", "x: is geen bekend veld"}},
		"null is no text":        {`"Anna"`, `null`, []string{"naam: moet een tekst zijn"}},
		"a number is no text":    {`"Anna"`, `12`, []string{"naam: moet een tekst zijn"}},
		"a text is no number":    {`3`, `"3"`, []string{"aantal: moet een geheel getal zijn"}},
		"a fraction":             {`3`, `3.0`, []string{"aantal: moet een geheel getal zijn van 1 tot en met 10"}},
		"an exponent":            {`3`, `1e1`, []string{"aantal: moet een geheel getal zijn van 1 tot en met 10"}},
		"a number out of range":  {`3`, `11`, []string{"aantal: moet een geheel getal zijn van 1 tot en met 10"}},
		"a number beyond all":    {`3`, `99999999999999999999`, []string{"aantal: moet een geheel getal zijn van 1 tot en met 10"}},
		"one is not true":        {`true`, `1`, []string{"actief: moet true of false zijn"}},
		"too many items":         {`["a"]`, `["a","b","c"]`, []string{"lijst: moet een lijst zijn van 0 tot en met 2"}},
		"a wrong item":           {`["a"]`, `["a",1]`, []string{"lijst[1]: moet een tekst zijn"}},
		"no list":                {`["a"]`, `{}`, []string{"lijst: moet een lijst zijn"}},
		"empty text":             {`"Anna"`, `""`, []string{"naam: is leeg"}},
		"long text":              {`"Anna"`, `"Annabel"`, []string{"naam: is te lang: hoogstens 5 tekens"}},
		"escape sequence":        {`"Anna"`, `"\u001b[2J"`, []string{"naam: bevat een stuurteken"}},
		"NUL":                    {`"Anna"`, `"A\u0000"`, []string{"naam: bevat een stuurteken"}},
		"all at once": {`"naam":"Anna","aantal":3`, `"naam":1,"aantal":0,"extra":1`, []string{
			"naam: moet een tekst zijn", "aantal: moet een geheel getal zijn van 1 tot en met 10", "extra: is geen bekend veld"}},
		"something after it": {good, good + `{}`, []string{"er staat nog iets na de JSON-waarde"}},
		"cut off":            {`,"leeg":null}`, ``, []string{"is geen geldige JSON (bij byte 53)"}},
		"no object":          {good, `[]`, []string{"moet een object zijn"}},
		"nothing":            {good, ``, []string{"is geen geldige JSON (bij byte 0)"}},
		"invalid UTF-8":      {`Anna`, "A\xffa", []string{"is geen geldige JSON (bij byte 7)"}},
		"a lone surrogate":   {`Anna`, `\ud800`, []string{"is geen geldige JSON (bij byte 7)"}},
		"a comment":          {`{"naam"`, `{/* */"naam"`, []string{"is geen geldige JSON (bij byte 1)"}},
		"NaN":                {`3`, `NaN`, []string{"is geen geldige JSON (bij byte 23)"}},
		"a byte order mark":  {good, "\xef\xbb\xbf" + good, []string{"is geen geldige JSON (bij byte 0)"}},
	}
	for name, c := range cases {
		var got []string
		for _, f := range read(strings.Replace(good, c.old, c.new, 1), strictjson.Limits{}) {
			got = append(got, f.String())
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestLimits(t *testing.T) {
	if faults := read(good, strictjson.Limits{Bytes: len(good)}); len(faults) > 0 {
		t.Errorf("exactly as long as allowed: %v", faults)
	}
	if faults := read(good, strictjson.Limits{Bytes: len(good) - 1}); len(faults) != 1 {
		t.Errorf("one byte too long: %v", faults)
	}
	deep := func(n int) (faults fault.List) {
		strictjson.Parse([]byte(strings.Repeat("[", n)+strings.Repeat("]", n)), strictjson.Limits{Depth: 4}, &faults)
		return faults
	}
	if len(deep(5)) != 0 || len(deep(6)) != 1 || len(deep(8000)) != 1 {
		t.Errorf("depth: %v, %v, %v", deep(5), deep(6), deep(8000))
	}
}

// A key may be a person's name or number: only plain words come back in a place.
func TestForeignKeysAreNotRepeated(t *testing.T) {
	for _, key := range []string{"Jan Jansen", "123456782", "zoë", strings.Repeat("x", 41), "a\\u001b[2J", ""} {
		faults := read(strings.Replace(good, `"naam"`, `"`+key+`":1,"naam"`, 1), strictjson.Limits{})
		if len(faults) != 1 || faults[0].Place != "(onbekende naam)" {
			t.Errorf("key of %d bytes: %v", len(key), faults)
		}
	}
}

// Many keys, many faults: work grows with the input and no faster, and the answer stays short.
func TestHostileSizes(t *testing.T) {
	var unknown, same strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&unknown, `"k%d":1,`, i)
		same.WriteString(`"k":1,`)
	}
	start := worked(t)
	for name, members := range map[string]string{"unknown keys": unknown.String(), "one key again and again": same.String()} {
		faults := read(`{`+members+`"naam":"x"}`, strictjson.Limits{Bytes: 8 << 20})
		if len(faults) == 0 || len(faults) > 2*fault.Shown {
			t.Errorf("%s: %d faults", name, len(faults))
		}
	}
	if took := worked(t) - start; took > 10*time.Second { // squared work takes minutes
		t.Errorf("took %s", took)
	}
}

// worked is how much processor time this process has taken. What others on the machine do does not count.
func worked(t testing.TB) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
