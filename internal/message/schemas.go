package message

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// Schemas are the payload schemas of all kinds that this binary knows (policies/berichten/<soort>/schema.json, JSON Schema
// 2020-12). Each is read and compiled when it is first asked for. It is safe for use by many goroutines.
type Schemas struct {
	byKind map[vocabulary.Kind]*kindSchema
}

// DefaultSchemas gives the embedded schemas. A broken one cannot be built into a binary that passed its tests.
func DefaultSchemas() *Schemas { return embedded() }

var embedded = sync.OnceValue(func() *Schemas {
	s, err := LoadSchemas(policies.FS)
	if err != nil {
		panic(fmt.Sprintf("reading the embedded payload schemas: %v", err))
	}
	return s
})

// LoadSchemas reads berichten/<soort>/schema.json from fsys.
func LoadSchemas(fsys fs.FS) (*Schemas, error) {
	files, err := fs.Glob(fsys, "berichten/*/schema.json")
	if err != nil {
		return nil, fmt.Errorf("listing payload schemas: %w", err)
	}
	s := &Schemas{byKind: make(map[vocabulary.Kind]*kindSchema, len(files))}
	for _, file := range files {
		raw, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("reading a payload schema: %w", err)
		}
		s.byKind[vocabulary.Kind(path.Base(path.Dir(file)))] = newKindSchema(path.Base(path.Dir(file)), raw)
	}
	if len(s.byKind) == 0 {
		return nil, fmt.Errorf("reading payload schemas: there are none")
	}
	return s, nil
}

// Kinds gives the kinds that have a schema, sorted.
func (s *Schemas) Kinds() []vocabulary.Kind { return slices.Sorted(maps.Keys(s.byKind)) }

// Raw gives the schema of a kind as it stands in its file; ok is false for a kind without one. The bytes must not be changed.
func (s *Schemas) Raw(kind vocabulary.Kind) (schema []byte, ok bool) {
	k, ok := s.byKind[kind]
	if !ok {
		return nil, false
	}
	return k.raw, true
}
