package policy

import (
	"reflect"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// factsSchema tells the compiler what facts there are, so that a rule over a fact that does not exist is refused: it would never hold, and
// so never refuse, and nobody would see that. Compilers only read it.
var factsSchema = sync.OnceValue(func() *ast.SchemaSet {
	set := ast.NewSchemaSet()
	set.Put(ast.SchemaRootRef, schemaOf(reflect.TypeFor[Facts]()))
	return set
})

// schemaOf gives the JSON Schema of what encoding/json makes of a type. A nil slice is a list here: what it is in a record is only known
// when it is there.
func schemaOf(t reflect.Type) any {
	switch t.Kind() {
	case reflect.Pointer:
		return map[string]any{"anyOf": []any{schemaOf(t.Elem()), map[string]any{"type": "null"}}}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Struct:
		properties := map[string]any{}
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			properties[name] = schemaOf(t.Field(i).Type)
		}
		return map[string]any{"type": "object", "properties": properties}
	case reflect.Map: // only the statements: keys are codes
		properties := map[string]any{}
		for _, code := range vocabulary.Default().Codes("verklaringen") {
			properties[code] = schemaOf(t.Elem())
		}
		return map[string]any{"type": "object", "properties": properties}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.String:
		return map[string]any{"type": "string"}
	default:
		return map[string]any{} // the parameter of a condition: anything
	}
}
