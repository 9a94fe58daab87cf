package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// ErrSetting says that the server is not one on which "accepted" means "kept". It comes as a [SettingError].
var ErrSetting = errors.New("a setting of the database server is not safe")

// SettingError is ErrSetting with the setting.
type SettingError struct{ Setting Setting }

func (e SettingError) Error() string {
	return fmt.Sprintf("%v: %s is %s, and must be %s", ErrSetting, e.Setting.Name, e.Setting.Value, e.Setting.Fault)
}

// Is tells that it is [ErrSetting].
func (e SettingError) Is(target error) bool { return target == ErrSetting }

// oldestServer is the first version that Sluis works with, as of server_version_num.
const oldestServer = 150000

// makeDurable is done on each new connection: what is committed on it is on disk, and at the replicas that synchronous_standby_names
// asks for, before the commit returns. synchronous_commit is set for the session, so that a later change of the server's own
// setting cannot weaken it; what is stronger than "on" stays.
func makeDurable(ctx context.Context, c *pgx.Conn) error {
	list, err := settings(ctx, c)
	if err != nil {
		return fmt.Errorf("reading the server's settings: %w", err)
	}
	for _, s := range list {
		if s.Fault != "" {
			return SettingError{s}
		}
	}
	return nil
}

// settings reads what decides what a commit means, and sets synchronous_commit for the session.
func settings(ctx context.Context, c *pgx.Conn) ([]Setting, error) {
	var version int
	var readable, fsync, fullPages, encoding, commit, standbys string
	err := row(ctx, c, `SELECT current_setting('server_version_num')::int, current_setting('server_version'), current_setting('fsync'),
			current_setting('full_page_writes'), current_setting('server_encoding'), current_setting('synchronous_standby_names'),
			set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)`,
		&version, &readable, &fsync, &fullPages, &encoding, &standbys, &commit)
	if err != nil {
		return nil, err
	}
	unless := func(right bool, want string) string {
		if right {
			return ""
		}
		return want
	}
	return []Setting{
		{"server_version", readable, unless(version >= oldestServer, ">= 15")},
		{"server_encoding", encoding, unless(encoding == "UTF8", "UTF8")},
		{"fsync", fsync, unless(fsync == "on", "on")},
		{"full_page_writes", fullPages, unless(fullPages == "on", "on")},
		{"synchronous_commit", commit, ""}, // set for the session
		{"synchronous_standby_names", standbys, ""},
	}, nil
}
