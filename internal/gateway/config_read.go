package gateway

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// source is where a setting came from; line and column are of sluis.yaml, 0 for others.
type source struct {
	name         string
	line, column int
}

const (
	fromFile        = "bestand"
	fromEnvironment = "omgeving"
	fromDefault     = "standaard"

	maxConfigBytes = 64 << 10
)

// Load reads sluis.yaml (none when file is "") and then the environment, which has the last word (environ as of
// os.Environ). An unknown key is a reason to refuse, not to guess: the error is a fault.List with everything that is wrong.
func Load(file string, environ []string) (Config, error) {
	c, faults, err := load(file, environ)
	switch {
	case err != nil:
		return c, err
	case len(faults) > 0:
		return c, faults // what could not be read would only seem to be missing
	}
	return c, c.Check()
}

// load reads without judging whether a gateway can be made of it.
func load(file string, environ []string) (c Config, faults fault.List, err error) {
	c = DefaultConfig()
	c.sources = map[string]source{}
	if file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return c, nil, fmt.Errorf("reading the configuration: %w", err)
		}
		r := configReader{config: &c, base: filepath.Dir(file), faults: &faults}
		r.read(data)
	}
	readEnvironment(&c, environ, &faults)
	return c, faults, nil
}

// configReader walks over the YAML, so that every fault has its line.
type configReader struct {
	config *Config
	base   string
	faults *fault.List
}

func (r *configReader) read(data []byte) {
	if len(data) > maxConfigBytes {
		r.faults.Add("", "is te lang: hoogstens %d bytes", maxConfigBytes)
		return
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		f := fault.Fault{Message: "hier is het geen geldige YAML, of staat een sleutel er twee keer"}
		var syntax yaml.Error
		if errors.As(err, &syntax) && syntax.GetToken() != nil && syntax.GetToken().Position != nil {
			f.Line, f.Column = syntax.GetToken().Position.Line, syntax.GetToken().Position.Column
		}
		*r.faults = append(*r.faults, f)
		return
	}
	if len(file.Docs) > 1 {
		r.faults.Add("", "bevat meer dan één document")
		return
	}
	if len(file.Docs) == 1 && file.Docs[0].Body != nil {
		r.mapping("", file.Docs[0].Body)
	}
}

func (r *configReader) mapping(section string, node ast.Node) {
	var pairs []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	case *ast.NullNode, *ast.CommentGroupNode:
		return // a section that holds only comments
	default:
		r.fault(node, section, "hier horen instellingen, zoals listen: 127.0.0.1:8443")
		return
	}
	for _, pair := range pairs {
		key := pair.Key.String()
		if section != "" {
			key = section + "." + key
		}
		r.pair(key, pair)
	}
}

func (r *configReader) pair(key string, pair *ast.MappingValueNode) {
	at := pair.Key.GetToken().Position
	if section := sections()[key]; section {
		if _, twice := r.config.sources[key]; twice {
			r.fault(pair.Key, key, "staat er meer dan één keer")
			return
		}
		r.config.sources[key] = source{fromFile, at.Line, at.Column}
		r.mapping(key, pair.Value)
		return
	}
	s, known := find(key)
	if !known {
		r.fault(pair.Key, key, "is geen bekende instelling")
		return
	}
	if _, twice := r.config.sources[key]; twice {
		r.fault(pair.Key, key, "staat er meer dan één keer")
		return
	}
	value, ok := scalar(pair.Value)
	if !ok {
		r.fault(pair.Value, key, "moet één gewone waarde zijn")
		return
	}
	if (s.kind == path || s.kind == secret) && value != "" && !filepath.IsAbs(value) {
		value = filepath.Join(r.base, value)
	}
	if err := s.set(r.config, value); err != nil {
		r.fault(pair.Value, key, err.Error())
	}
	r.config.sources[key] = source{fromFile, at.Line, at.Column}
}

// scalar gives a plain value; anchors, aliases, tags, lists and null are none.
func scalar(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.IntegerNode, *ast.FloatNode:
		return v.GetToken().Value, true
	}
	return "", false
}

func (r *configReader) fault(n ast.Node, place, message string) {
	at := n.GetToken().Position
	*r.faults = append(*r.faults, fault.Fault{Place: place, Message: message, Line: at.Line, Column: at.Column})
}

// readEnvironment reads SLUIS_SECTION_KEY. A name that begins like a setting and is none is a fault: a misspelt one must not be
// lost in silence.
func readEnvironment(c *Config, environ []string, faults *fault.List) {
	byName := map[string]setting{}
	for _, s := range settings {
		byName[s.environment()] = s
	}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		s, known := byName[name]
		switch {
		case known:
			if err := s.set(c, value); err != nil {
				faults.Add(name, "%s", err)
			}
			c.sources[s.path] = source{name: fromEnvironment}
		case likeSetting(name):
			faults.Add(name, "is geen bekende instelling")
		}
	}
}

func likeSetting(name string) bool {
	for section := range sections() {
		if strings.HasPrefix(name, "SLUIS_"+strings.ToUpper(section)+"_") {
			return true
		}
	}
	return false
}

// locate gives faults of Check the line that their setting came from.
func (c *Config) locate(faults fault.List) {
	for i, f := range faults {
		if at := c.sources[f.Place]; at.line > 0 {
			faults[i].Line, faults[i].Column = at.line, at.column
		}
	}
}
