package io.tandem.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tandem.examples.ExamplePair;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both masters write one Avro schema, in Confluent's wire format. */
@ExtendWith(PairExtension.class)
class WireFormatIT {

    private final ExamplePair pair;

    WireFormatIT(ExamplePair pair) {
        this.pair = pair;
    }

    @Test
    void both_value_subjects_have_one_schema_id_and_records_start_with_0_and_that_id() throws Exception {
        pair.legacy()
                .run("INSERT INTO CUSTOMERS (CUST_NO, LAST_NAME, STATUS, CREDIT_LIMIT, NEWSLETTER) "
                        + "VALUES (500001, 'wire', 'A', 0, 'N')");
        pair.modern()
                .run("INSERT INTO customer (id, last_name, status, credit_limit, newsletter) "
                        + "VALUES (500002, 'wire', 'ACTIVE', 0, false)");
        await().atMost(Await.LIMIT)
                .until(() -> pair.modern().query("SELECT count(*) FROM customer WHERE id = 500001"), "1"::equals);
        await().atMost(Await.LIMIT)
                .until(() -> pair.legacy().query("SELECT COUNT(*) FROM CUSTOMERS WHERE CUST_NO = 500002"), "1"::equals);

        int legacyId = schemaId("tandem.customer.legacy-value");
        int modernId = schemaId("tandem.customer.modern-value");

        assertThat(legacyId).isEqualTo(modernId);
        assertThat(schemaId("tandem.customer.legacy-key")).isEqualTo(schemaId("tandem.customer.modern-key"));
        try (Topics topics = new Topics(pair)) {
            for (String topic : new String[] {"tandem.customer.legacy", "tandem.customer.modern"}) {
                ByteBuffer value = ByteBuffer.wrap(topics.anyRecord(topic).value());
                assertThat(value.get()).as("magic byte in " + topic).isZero();
                assertThat(value.getInt()).as("schema id in " + topic).isEqualTo(legacyId);
            }
        }
    }

    private int schemaId(String subject) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        pair.registry().ccompatUrl() + "/subjects/" + subject + "/versions/latest"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode version = new ObjectMapper().readTree(response.body());
        return version.get("id").asInt();
    }
}
