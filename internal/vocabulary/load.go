package vocabulary

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sort"
	"strconv"
	"sync"

	"github.com/goccy/go-yaml"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/policies"
)

// Folder is where the vocabulary stands in a tree of policies.
const Folder = "vocabulaire"

// Default is the embedded vocabulary, loaded once; a broken one cannot be built into a binary that passed its tests.
func Default() *Vocabulary { return loadDefault() }

var loadDefault = sync.OnceValue(func() *Vocabulary {
	v, err := Load(policies.FS)
	if err != nil {
		panic("vocabulary: the embedded vocabulary is broken: " + err.Error())
	}
	return v
})

// Load reads vocabulaire/*.yaml from fsys and checks that it is complete. An error names the file, or the code that is wrong.
func Load(fsys fs.FS) (*Vocabulary, error) {
	names, err := fs.Glob(fsys, Folder+"/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing the vocabulary: %w", err)
	}
	texts := make(map[string]string, len(names))
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("reading the vocabulary: %w", err)
		}
		texts[name] = string(text)
	}
	v, err := read(texts, yaml.Strict())
	if err != nil {
		return nil, err
	}
	if err := v.check(); err != nil {
		return nil, fmt.Errorf("checking the vocabulary: %w", err)
	}
	return v, nil
}

// Restore reads a vocabulary that was kept ([Vocabulary.Texts]), to decide again as on that day. It was checked when it came into
// force, by the program of that day; what this program would ask besides is not asked of it.
func Restore(texts map[string]string) (*Vocabulary, error) { return read(texts) }

func read(texts map[string]string, strictly ...yaml.DecodeOption) (*Vocabulary, error) {
	v := &Vocabulary{data: map[string]any{}, texts: texts}
	sum := sha256.New()
	var order []Reason
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if err := v.add([]byte(texts[name]), &order, strictly); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		fmt.Fprintf(sum, "%s\n%s\n", name, digest.Of([]byte(texts[name])))
	}
	copy(v.digest[:], sum.Sum(nil))
	v.index(order)
	return v, nil
}

// add reads one file three ways: typed (and strict, unless it is restored), as JSON values for the rules, and for the order of the reasons.
func (v *Vocabulary) add(text []byte, order *[]Reason, strictly []yaml.DecodeOption) error {
	dec := yaml.NewDecoder(bytes.NewReader(text), strictly...)
	if err := dec.Decode(&v.w); err != nil {
		return err
	}
	var raw yaml.MapSlice
	if err := yaml.UnmarshalWithOptions(text, &raw, yaml.UseOrderedMap()); err != nil {
		return err
	}
	for _, item := range raw {
		key := fmt.Sprint(item.Key)
		if _, twice := v.data[key]; twice {
			return fmt.Errorf("%s stands in two files", key)
		}
		v.data[key] = jsonValue(item.Value)
		if list, ok := item.Value.(yaml.MapSlice); ok && key == "redenen" {
			for _, reason := range list {
				*order = append(*order, Reason(fmt.Sprint(reason.Key)))
			}
		}
	}
	return nil
}

// jsonValue makes what goccy/go-yaml decodes into what encoding/json would have given, so that Rego sees plain JSON.
func jsonValue(v any) any {
	switch v := v.(type) {
	case yaml.MapSlice:
		m := make(map[string]any, len(v))
		for _, item := range v {
			m[fmt.Sprint(item.Key)] = jsonValue(item.Value)
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = jsonValue(e)
		}
		return list
	case uint64:
		return float64(v)
	default:
		return v
	}
}

// index makes what is looked up by code alone. Where two lists share a code, the label of the later list counts: roles,
// functions and kinds come last.
func (v *Vocabulary) index(order []Reason) {
	v.labels = map[string]Text{}
	v.codes = map[string][]string{}
	v.each(func(list, code string, t Text) {
		v.labels[code] = t
		v.codes[list] = append(v.codes[list], code)
	})
	for phase, e := range v.w.Phases {
		v.labels["fase-"+strconv.Itoa(phase)] = e.Text
	}
	sort.Strings(v.codes["redenen"])
	for k := range v.w.Kinds {
		v.kinds = append(v.kinds, k)
	}
	sort.Slice(v.kinds, func(i, j int) bool { return v.kinds[i] < v.kinds[j] })
	v.reasons = map[Reason]ReasonInfo{}
	for rank, code := range order {
		e := v.w.Reasons[code]
		v.codes["redenen"] = append(v.codes["redenen"], string(code))
		v.reasons[code] = ReasonInfo{Sentence: e.Sentence, Advice: e.Advice, Article: e.Article, Rank: rank}
	}
}
