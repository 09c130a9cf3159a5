import java.nio.file.Path;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * A Neo4j server in one process: {@code java -cp "lib/*" Start.java HOME}.
 *
 * <p>It reads HOME/neo4j.conf, gives the user neo4j the password in NEO4J_PASSWORD if it
 * is not empty (a server refuses the one that it has), says "ready", and stops when its
 * standard input ends: it never outlives what started it.
 */
public class Start {
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        var server = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("neo4j.conf"))
                .build();
        String password = System.getenv("NEO4J_PASSWORD");
        if (!password.isEmpty()) {
            server.database("system").executeTransactionally(
                    "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                    Map.of("password", password));
        }
        System.out.println("ready");
        while (System.in.read() >= 0) { }
        server.shutdown();
    }
}
