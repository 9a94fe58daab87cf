package postgres

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestCheckURL(t *testing.T) {
	for text, want := range map[string]error{
		"postgres://gateway@/sluis?host=/run/postgresql":                               nil,
		"host=/run/postgresql dbname=sluis user=gateway":                               nil,
		"postgres://gateway@127.0.0.1/sluis":                                           nil,
		"postgres://gateway@localhost,[::1]/sluis":                                     nil,
		"postgres://gateway@db.example/sluis?sslmode=verify-full":                      nil,
		"host=a.example,b.example dbname=sluis user=gateway sslmode=verify-full":       nil,
		"postgres://gateway@db.example/sluis?passfile=/x&sslmode=verify-ca":            nil,
		"postgres://gateway@db.example/sluis?sslmode=verify-full&sslrootcert=/nowhere": ErrFile,
		"":                                 ErrAddress,
		" ":                                ErrAddress,
		"postgres://%zz":                   ErrAddress,
		"sluis":                            ErrAddress,
		"postgres://gateway@/sluis?port=x": ErrAddress,
		"postgres://gateway:geheim@/sluis": ErrPassword,
		"postgres://gateway@/sluis?password=geheim":                                                 ErrPassword,
		"host=/run user=gateway password = geheim":                                                  ErrPassword,
		"host=/run user=gateway PASSWORD=geheim":                                                    ErrPassword,
		"host=db.example user=gateway sslmode=verify-full sslpassword=geheim":                       ErrPassword,
		"postgres://gateway@db.example/sluis":                                                       ErrPlain,
		"postgres://gateway@db.example/sluis?sslmode=disable":                                       ErrPlain,
		"postgres://gateway@db.example/sluis?sslmode=require":                                       ErrPlain,
		"postgres://gateway@localhost,db.example/sluis?sslmode=prefer":                              ErrPlain,
		"host=/run/postgresql,db.example dbname=sluis user=gateway target_session_attrs=read-write": ErrPlain,
	} {
		err := CheckURL(text)
		if !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: the error repeats the password", text)
		}
	}
}

// TestFirstHostThatCanBeWritten: more than one host may be named, and one that is away does not matter.
func TestFirstHostThatCanBeWritten(t *testing.T) {
	db := migrated(t)
	u, err := url.Parse(db.Gateway)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	query.Set("host", t.TempDir()+","+db.Cluster.Dir())
	u.RawQuery = query.Encode()
	s, err := Open(t.Context(), Options{URL: u.String()})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

func FuzzCheckURL(f *testing.F) {
	f.Add("postgres://a:b@c:5/d?e=f")
	f.Add("host=a,b port=1,2 user='x y' password='z'")
	f.Add("host=/run dbname=sluis sslmode=verify-full")
	f.Fuzz(func(t *testing.T, text string) {
		if CheckURL(text) == nil && holdsPassword(text) {
			t.Errorf("%q holds a password and was accepted", text)
		}
	})
}
