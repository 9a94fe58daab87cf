package gateway

import (
	"fmt"
	"io"
	"strings"
)

// Print writes the values in force as YAML, each with where it came from. Of secrets it shows the place, which is all that a
// Config knows of them.
func (c *Config) Print(w io.Writer) error {
	var b strings.Builder
	last := ""
	for _, s := range settings {
		section, key, nested := strings.Cut(s.path, ".")
		if !nested {
			section, key = "", s.path
		}
		if section != last {
			fmt.Fprintf(&b, "%s:\n", section)
			last = section
		}
		indent := ""
		if nested {
			indent = "  "
		}
		value, note := s.get(c), c.source(s.path)
		if s.kind == secret {
			note += "; geheim: de inhoud wordt nooit getoond"
		}
		if s.path == "log.keyFile" && c.Log.KeyFile == "" {
			value = fmt.Sprintf("%q", c.LogKeyFile())
		}
		if s.path == "store.dayKeysDir" {
			value = fmt.Sprintf("%q", c.dayKeysDir())
		}
		fmt.Fprintf(&b, "%s%s: %s  # %s\n", indent, key, value, note)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c *Config) source(path string) string {
	if at, ok := c.sources[path]; ok {
		return at.name
	}
	return fromDefault
}
