package postgres

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

func TestStatusBeforeAndAfter(t *testing.T) {
	db := pgtest.Shared(t).Database(t)
	st, err := ReadStatus(t.Context(), Options{URL: db.Owner})
	if err != nil || st.Have != 0 || len(st.Pending) == 0 || st.Pending[0].Number != 1 || st.Pending[0].Name != "start" || st.Known != st.Pending[len(st.Pending)-1].Number {
		t.Fatalf("before: %+v, %v", st, err)
	}
	if err := Migrate(t.Context(), Options{URL: db.Owner}); err != nil {
		t.Fatal(err)
	}
	opened(t, db)
	st, err = ReadStatus(t.Context(), Options{URL: db.Owner})
	if err != nil || st.Have != st.Known || len(st.Pending) != 0 || st.Sessions == 0 {
		t.Errorf("after: %+v, %v", st, err)
	}
	want := []Group{{gatewayGroup, true, []Member{{pgtest.GatewayRole, false}}}, {readerGroup, true, []Member{{pgtest.ReaderRole, false}}}}
	if diff := cmp.Diff(want, st.Groups); diff != "" {
		t.Error(diff)
	}
	for _, s := range st.Settings {
		if s.Fault != "" {
			t.Errorf("%+v", s)
		}
	}
}

// TestStatusWhileRowsComeIn: that may take hours, and whoever looks meanwhile must hear it.
func TestStatusWhileRowsComeIn(t *testing.T) {
	db := migrated(t)
	f, err := OpenFilling(t.Context(), Options{URL: db.Owner})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Begin(t.Context(), "ticket", Log{First: []byte("first"), Size: 1}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := ReadStatus(ctx, Options{URL: db.Owner}); !errors.Is(err, ErrFilling) {
		t.Errorf("got %v", err)
	}
}

// TestRolesThatAreNotForAGateway: who could rewrite the trail, and who can do nothing, is refused, and the first is pointed out.
func TestRolesThatAreNotForAGateway(t *testing.T) {
	cluster := pgtest.Start(t)
	db := cluster.Database(t)
	if err := Migrate(t.Context(), Options{URL: db.Owner}); err != nil {
		t.Fatal(err)
	}
	for name, url := range map[string]string{"owner": db.Owner, "reader": db.Reader, "administrator": cluster.Admin(db.Name)} {
		if s, err := Open(t.Context(), Options{URL: url}); !errors.Is(err, ErrRights) {
			t.Errorf("%s: %v", name, err)
			if s != nil {
				s.Close()
			}
		}
	}
	cluster.Exec(t, db.Name, "CREATE ROLE ertussen NOINHERIT", "GRANT "+pgtest.OwnerRole+" TO ertussen", "GRANT ertussen TO "+pgtest.GatewayRole)
	if _, err := Open(t.Context(), Options{URL: db.Gateway}); !errors.Is(err, ErrRights) {
		t.Errorf("a gateway that has no right of the owner, and can become the owner with SET ROLE: %v", err)
	}
	cluster.Exec(t, db.Name, "REVOKE ertussen FROM "+pgtest.GatewayRole, "ALTER ROLE "+pgtest.GatewayRole+" CREATEROLE")
	if _, err := Open(t.Context(), Options{URL: db.Gateway}); !errors.Is(err, ErrRights) {
		t.Errorf("a gateway that makes roles: %v", err)
	}
	cluster.Exec(t, db.Name, "ALTER ROLE "+pgtest.GatewayRole+" NOCREATEROLE", "GRANT "+pgtest.OwnerRole+" TO "+pgtest.GatewayRole)
	if _, err := Open(t.Context(), Options{URL: db.Gateway}); !errors.Is(err, ErrRights) {
		t.Errorf("a gateway that is a member of the owner: %v", err)
	}
	st, err := ReadStatus(t.Context(), Options{URL: db.Owner})
	if err != nil || !st.Groups[0].Members[0].Mighty {
		t.Errorf("status does not point it out: %+v, %v", st.Groups, err)
	}
}
