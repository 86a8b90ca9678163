package io.tandem.examples;

/** Where everything listens, and what to try, for people who keep the demo running. Stateless. */
final class Addresses {

    private Addresses() {}

    static String of(ExamplePair pair) {
        Master legacy = pair.legacy();
        Master modern = pair.modern();
        String rest = pair.worker().restUrl();
        return """
                Everything keeps running until Ctrl-C.

                  legacy     %1$s
                  modern     %2$s
                  user / password of both: %3$s
                  Connect    %4$s
                  registry   %5$s
                  Kafka      %6$s

                To try (the SQL with any client, these are the vendors' own):

                  %7$s -e "UPDATE CUSTOMERS SET LAST_NAME = 'Hello' WHERE CUST_NO = 1"
                  %8$s -c "SELECT * FROM customer WHERE id = 1"
                  %8$s -c "UPDATE customer_phone SET number = '007' WHERE customer_id = 1 AND position = 2"
                  %7$s -e "SELECT CUST_NO, LAST_NAME, PHONE2 FROM CUSTOMERS WHERE CUST_NO = 1"

                  curl -s '%4$s/connectors?expand=status'
                  curl -s -X PUT %4$s/connectors/customer-modern-sink/pause
                  curl -s -X PUT %4$s/connectors/customer-modern-sink/resume
                  curl -s %5$s/subjects""".formatted(
                legacy.url(),
                modern.url(),
                modern.login(),
                rest,
                pair.registry().ccompatUrl(),
                pair.broker().bootstrapServers(),
                "mariadb -h 127.0.0.1 -P %d -u %s -p%s %s"
                        .formatted(legacy.server().port(), Master.APPLICATION, Master.DATABASE_PASSWORD, legacy.id()),
                "PGPASSWORD=%s psql -h 127.0.0.1 -p %d -U %s %s"
                        .formatted(Master.DATABASE_PASSWORD, modern.server().port(), Master.APPLICATION, modern.id()));
    }
}
