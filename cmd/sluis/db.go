package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/gateway"
)

func newDBCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "db", Short: "De database van een sluis op PostgreSQL", RunE: subcommandOnly}
	cmd.AddCommand(
		// one line for each command, alphabetical
		newDBAdmitLossCommand(),
		newDBBackupCheckCommand(),
		newDBMigrateCommand(),
		newDBMoveCommand(),
		newDBStatusCommand(),
		newDBVerifyCommand(),
	)
	return cmd
}

// dbConfigFlag is the file with settings, for the commands that work as the owner of the database.
func dbConfigFlag(cmd *cobra.Command, file *string) {
	cmd.Flags().StringVar(file, "config", "", "bestand met instellingen (sluis.yaml); hiervan telt store.owner")
}

// databaseError says in Dutch what is wrong with a database on PostgreSQL; it gives any other error as it is.
func databaseError(err error) error {
	for _, known := range []struct {
		err  error
		text string
	}{
		{gateway.ErrDatabaseAway, "er is geen databaseserver te bereiken waarin geschreven kan worden; kijk of PostgreSQL draait en of de verbinding in de instellingen klopt"},
		{gateway.ErrDatabaseRefused, "de databaseserver laat deze rol niet toe; kijk naar de naam van rol en database, het wachtwoord en pg_hba.conf"},
		{gateway.ErrDatabaseUnproven, "de databaseserver bewijst niet dat hij het is; noem in de verbinding bij sslrootcert het bestand met het certificaat van wie het zijne uitgaf, en als host de naam die in zijn certificaat staat"},
		{gateway.ErrDatabaseEmpty, "de database is nog leeg; voer eerst uit: sluis db migrate"},
		{gateway.ErrDatabaseOlder, "het schema van de database is ouder dan deze versie nodig heeft; voer eerst uit: sluis db migrate"},
		{gateway.ErrDatabaseNewer, "het schema van de database is nieuwer en werkt niet met deze versie; gebruik een nieuwere versie van sluis"},
		{gateway.ErrDatabaseRights, "dit is niet de rol voor een sluis: zij mag te weinig, of kan het auditspoor wijzigen; gebruik een rol die lid is van sluis_gateway en van niets anders"},
		{gateway.ErrDatabaseGroups, "de groepsrollen ontbreken en de eigenaar mag geen rollen maken; laat een beheerder van de databaseserver dit één keer uitvoeren:\n  " +
			strings.Join(gateway.GroupStatements(), ";\n  ") + ";"},
		{gateway.ErrDatabaseOwner, "de rol in store.owner is niet de eigenaar van de database; gebruik de rol die bij CREATE DATABASE als OWNER is genoemd"},
		{gateway.ErrDatabaseBusy, "een andere verbinding houdt een tabel te lang bezet, zoals een rapport of een reservekopie; wat gedaan is blijft gedaan; probeer het later nog eens"},
		{gateway.ErrDatabaseRunning, "deze stap kan alleen als er geen sluis draait: oudere werken er niet meer mee; stop alle sluizen, voer dit nog eens uit, en start de nieuwe versie"},
		{gateway.ErrDatabaseFilling, "deze database wordt gevuld met sluis db move, of dat is afgebroken; voer die opdracht nog eens uit (zij maakt het af), en start dan de sluis"},
		{audit.ErrLost, "de database mist auditregels die de sluis al had laten zien, of heeft er andere; lees in docs/operations.md wat u na een verlies doet"},
		{gateway.ErrShown, "het bestand controlepunt in de map van deze sluis is niet van dit auditspoor, of beschadigd; vergelijk eerst een controlepunt van iemand anders (sluis db verify) voordat u het weghaalt"},
		{gateway.ErrTwoStores, "in de map van deze sluis staat al een eigen database (SQLite); haal store.postgres weg om daarmee door te gaan, of geef een sluis op PostgreSQL een andere map en een ander adres"},
	} {
		if errors.Is(err, known.err) {
			return errors.New(known.text)
		}
	}
	var moved gateway.MovedError
	if errors.As(err, &moved) {
		return movedError(err, moved)
	}
	var unsafe gateway.DatabaseSettingError
	if errors.As(err, &unsafe) {
		return fmt.Errorf("op deze databaseserver is niet veilig wat een sluis toezegt: %s staat op %s en moet %s zijn", unsafe.Setting.Name, unsafe.Setting.Value, unsafe.Setting.Fault)
	}
	return err
}
