package postgres

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Options say which database, and as whom.
type Options struct {
	// URL is a connection string as libpq knows it, "postgres://role@host/database?sslmode=verify-full" or "host=… dbname=…". More than
	// one host may be named: the one that can be written is used.
	URL      string
	Password string // "" when the connection string leads to it, or none is needed
	// Connections is how many the store may have at most, besides the one that listens; 0 is 16.
	Connections int
	Logger      *slog.Logger // hears when listening breaks off; nil for nobody
}

// Errors of a connection string.
var (
	ErrAddress  = errors.New("the connection string of the database cannot be read")
	ErrPassword = errors.New("the connection string of the database holds a password")
	ErrFile     = errors.New("a file that the connection string of the database names cannot be read")
	ErrPlain    = errors.New("the connection to the database would not be encrypted, or the server not verified")
)

// CheckURL judges a connection string by its form, without connecting: [ErrAddress], [ErrPassword] (secrets have a file of their own),
// [ErrFile] or [ErrPlain]. Its errors do not repeat it.
func CheckURL(text string) error {
	if strings.TrimSpace(text) == "" {
		return ErrAddress // which the library would take for "whatever the environment says"
	}
	if holdsPassword(text) {
		return ErrPassword
	}
	_, err := Options{URL: text}.connection()
	return err
}

var passwordSetting = regexp.MustCompile(`(?i)(^|[\s?&'])(ssl)?password\s*=`)

func holdsPassword(text string) bool {
	if u, err := url.Parse(text); err == nil && u.User != nil {
		if _, has := u.User.Password(); has {
			return true
		}
	}
	return passwordSetting.MatchString(text)
}

const (
	applicationName = "sluis"
	connectTimeout  = 5 * time.Second
)

// sessionSettings hold for every session. The server notices within half a minute that nobody is at the other end any more: a process that
// was cut off may hold the head of the log.
var sessionSettings = map[string]string{
	"application_name":              applicationName,
	"search_path":                   "", // every name says its schema: nobody can put another table before ours
	"timezone":                      "UTC",
	"default_transaction_isolation": "read committed",
	"tcp_keepalives_idle":           "10",
	"tcp_keepalives_interval":       "5",
	"tcp_keepalives_count":          "3",
}

// connection gives what a driver needs. Its errors do not repeat the connection string, which the library's would.
func (o Options) connection() (*pgx.ConnConfig, error) {
	c, err := pgx.ParseConfig(o.URL)
	var file *fs.PathError
	switch {
	case errors.As(err, &file):
		return nil, ErrFile
	case err != nil:
		return nil, ErrAddress
	}
	for _, at := range append([]*pgconn.FallbackConfig{{Host: c.Host, TLSConfig: c.TLSConfig}}, c.Fallbacks...) {
		if !safe(at.Host, at.TLSConfig) {
			return nil, fmt.Errorf("%w; add sslmode=verify-full", ErrPlain)
		}
	}
	if o.Password != "" {
		c.Password = o.Password
	}
	if c.ConnectTimeout == 0 || c.ConnectTimeout > connectTimeout {
		c.ConnectTimeout = connectTimeout
	}
	dialer := net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 10 * time.Second, Interval: 5 * time.Second, Count: 3}}
	c.DialFunc = dialer.DialContext
	for name, value := range sessionSettings {
		c.RuntimeParams[name] = value
	}
	if c.ValidateConnect == nil { // a replica is not it, whatever its address
		c.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	}
	return c, nil
}

// safe wants an encrypted connection to a server that proves its name, unless both ends are on this machine.
func safe(host string, config *tls.Config) bool {
	if strings.HasPrefix(host, "/") || host == "localhost" {
		return true
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		return true
	}
	// With sslmode=verify-ca the library sets InsecureSkipVerify and verifies the chain itself.
	return config != nil && (!config.InsecureSkipVerify || config.VerifyPeerCertificate != nil)
}
