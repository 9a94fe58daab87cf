package convenant

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// readJSON makes a tree of canonical JSON. Bytes that are not in the RFC 8785 form are refused: it is over exactly these bytes
// that parties signed.
func readJSON(data []byte, faults *fault.List) node {
	if len(data) > MaxSource {
		faults.Add("", "is te lang: %d bytes, hoogstens %d", len(data), MaxSource)
		return node{kind: invalid}
	}
	// The strict parser finds duplicate keys and too deep nesting, each at its place.
	before := len(*faults)
	strictjson.Parse(data, strictjson.Limits{Bytes: MaxSource, Depth: maxDepth}, faults)
	if len(*faults) > before {
		return node{kind: invalid}
	}
	canonical, err := strictjson.Canonical(data)
	if err != nil || !bytes.Equal(canonical, data) {
		faults.Add("", "staat niet in de vorm van RFC 8785")
		return node{kind: invalid}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		faults.Add("", "is geen geldige JSON")
		return node{kind: invalid}
	}
	return fromValue(v, "", faults)
}

func fromValue(v any, place string, faults *fault.List) node {
	n := node{place: place}
	switch v := v.(type) {
	case string:
		n.kind, n.text = aText, v
	case bool:
		n.kind, n.truth = aTruth, v
	case json.Number:
		n.kind, n.text = aNumber, v.String()
		if !plainNumber(n.text) {
			n.kind = invalid
			n.fault(faults, "is geen gewoon geheel getal")
		}
	case map[string]any:
		n.kind = anObject
		for _, name := range slices.Sorted(maps.Keys(v)) {
			n.fields = append(n.fields, field{name, fromValue(v[name], join(place, name), faults)})
		}
	case []any:
		n.kind = aList
		for i, item := range v {
			n.items = append(n.items, fromValue(item, indexed(place, i), faults))
		}
	default:
		n.kind = invalid
		n.fault(faults, "mag niet leeg (null) zijn")
	}
	return n
}

func indexed(place string, i int) string { return place + "[" + strconv.Itoa(i) + "]" }
