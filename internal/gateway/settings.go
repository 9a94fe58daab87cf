package gateway

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// setting is one value that can be set, in sluis.yaml and in the environment.
type setting struct {
	path string // as in sluis.yaml: section.key
	kind kind
	of   func(*Config) any // a pointer to the value
}

type kind int

const (
	text   kind = iota
	path        // a file or folder: in sluis.yaml relative to that file
	secret      // the place of a secret: a path too, and nothing of what is in it is ever shown
	count
	number
	span
)

// settings is the one list from which sluis.yaml and the environment are read and the configuration is printed.
var settings = []setting{
	{"dir", path, func(c *Config) any { return &c.Dir }},
	{"api.listen", text, func(c *Config) any { return &c.API.Listen }},
	{"api.publicURL", text, func(c *Config) any { return &c.API.PublicURL }},
	{"api.certFile", path, func(c *Config) any { return &c.API.CertFile }},
	{"api.keyFile", secret, func(c *Config) any { return &c.API.KeyFile }},
	{"api.clientAnchorsFile", path, func(c *Config) any { return &c.API.ClientAnchorsFile }},
	{"api.drain", span, func(c *Config) any { return &c.API.Drain }},
	{"admin.listen", text, func(c *Config) any { return &c.Admin.Listen }},
	{"cards.anchorsFile", path, func(c *Config) any { return &c.Cards.AnchorsFile }},
	{"store.dayKeysDir", secret, func(c *Config) any { return &c.Store.DayKeysDir }},
	{"store.postgres", text, func(c *Config) any { return &c.Store.Postgres }},
	{"store.passwordFile", secret, func(c *Config) any { return &c.Store.PasswordFile }},
	{"store.connections", count, func(c *Config) any { return &c.Store.Connections }},
	{"store.owner", text, func(c *Config) any { return &c.Store.Owner }},
	{"store.ownerPasswordFile", secret, func(c *Config) any { return &c.Store.OwnerPasswordFile }},
	{"log.keyFile", secret, func(c *Config) any { return &c.Log.KeyFile }},
	{"log.linger", span, func(c *Config) any { return &c.Log.Linger }},
	{"log.queue", count, func(c *Config) any { return &c.Log.Queue }},
	{"log.retention", text, func(c *Config) any { return &c.Log.Retention }},
	{"policy.dir", path, func(c *Config) any { return &c.Policy.Dir }},
	{"limits.requestsPerSecond", number, func(c *Config) any { return &c.Limits.RequestsPerSecond }},
	{"limits.burst", count, func(c *Config) any { return &c.Limits.Burst }},
}

// environment gives the name of a setting in the environment: SLUIS_SECTION_KEY.
func (s setting) environment() string {
	return "SLUIS_" + strings.ToUpper(strings.ReplaceAll(s.path, ".", "_"))
}

// set reads a value. Its error is Dutch, for a fault, and does not hold the value.
func (s setting) set(c *Config, value string) error {
	switch p := s.of(c).(type) {
	case *string:
		*p = value
	case *int:
		n, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("moet een geheel getal zijn")
		}
		*p = n
	case *float64:
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return fmt.Errorf("moet een getal zijn")
		}
		*p = n
	case *time.Duration:
		d, err := time.ParseDuration(value)
		if err != nil {
			return fmt.Errorf("moet een tijdsduur zijn, zoals 2ms")
		}
		*p = d
	}
	return nil
}

// get gives the value as it would be written.
func (s setting) get(c *Config) string {
	switch p := s.of(c).(type) {
	case *string:
		return strconv.Quote(*p)
	case *int:
		return strconv.Itoa(*p)
	case *float64:
		return strconv.FormatFloat(*p, 'g', -1, 64)
	case *time.Duration:
		return p.String()
	}
	return ""
}

func find(path string) (setting, bool) {
	for _, s := range settings {
		if s.path == path {
			return s, true
		}
	}
	return setting{}, false
}

// sections are the groups of sluis.yaml.
func sections() map[string]bool {
	list := map[string]bool{}
	for _, s := range settings {
		if section, _, ok := strings.Cut(s.path, "."); ok {
			list[section] = true
		}
	}
	return list
}
