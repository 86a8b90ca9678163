package io.tandem.benchmarks.mapping;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Cast;
import org.apache.kafka.connect.transforms.Flatten;
import org.apache.kafka.connect.transforms.ReplaceField;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Kafka's own transforms, put together to do to the scalars of {@link Customer} what its mapping does. They leave
 * collections as they are, have no inverse, and cast with loss where a value doesn't fit; there is none that nests, so
 * the way to the canonical shape is missing its last step.
 */
final class KafkaChain {

    private static final String RENAMED_KEY = "customerNumber:CUST_NO";

    private final List<Transformation<SourceRecord>> transforms;

    private KafkaChain(List<Transformation<SourceRecord>> transforms) {
        this.transforms = List.copyOf(transforms);
    }

    /** Flattens, renames and casts, the value and the key. */
    static KafkaChain fromCanonical() {
        return new KafkaChain(List.of(
                configured(new Flatten.Value<>(), Map.of("delimiter", "_")),
                configured(
                        new ReplaceField.Value<>(),
                        Map.of(
                                "renames",
                                RENAMED_KEY + ",name_title:TITLE,name_first:FIRST_NAME,name_last:LAST_NAME,"
                                        + "home_street:STREET,home_zip:ZIP,home_city:CITY,home_country:COUNTRY,born:BORN,"
                                        + "active:ACTIVE,language:LANG,email:EMAIL,balance:BALANCE,limit:CREDIT_LIMIT,"
                                        + "discount:DISCOUNT,rating:RATING,agent:AGENT,branch:BRANCH,since:SINCE,"
                                        + "changed:CHANGED,phones:PHONES,contracts:CONTRACTS")),
                configured(
                        new Cast.Value<>(),
                        Map.of(
                                "spec",
                                "CUST_NO:string,ZIP:int32,ACTIVE:int8,BALANCE:string,DISCOUNT:int64,RATING:float64,"
                                        + "AGENT:int64")),
                configured(new ReplaceField.Key<>(), Map.of("renames", RENAMED_KEY)),
                configured(new Cast.Key<>(), Map.of("spec", "CUST_NO:string"))));
    }

    /** Renames and casts back, the value and the key; what was nested stays flat. */
    static KafkaChain toCanonical() {
        return new KafkaChain(List.of(
                configured(
                        new ReplaceField.Value<>(),
                        Map.of(
                                "renames",
                                "CUST_NO:customerNumber,TITLE:name_title,FIRST_NAME:name_first,LAST_NAME:name_last,"
                                        + "STREET:home_street,ZIP:home_zip,CITY:home_city,COUNTRY:home_country,BORN:born,"
                                        + "ACTIVE:active,LANG:language,EMAIL:email,BALANCE:balance,CREDIT_LIMIT:limit,"
                                        + "DISCOUNT:discount,RATING:rating,AGENT:agent,BRANCH:branch,SINCE:since,"
                                        + "CHANGED:changed,PHONES:phones,CONTRACTS:contracts")),
                configured(
                        new Cast.Value<>(),
                        Map.of(
                                "spec",
                                "customerNumber:int64,home_zip:string,active:boolean,balance:int64,discount:int32,"
                                        + "rating:int32,agent:string")),
                configured(new ReplaceField.Key<>(), Map.of("renames", "CUST_NO:customerNumber")),
                configured(new Cast.Key<>(), Map.of("spec", "customerNumber:int64"))));
    }

    private static Transformation<SourceRecord> configured(
            Transformation<SourceRecord> transform, Map<String, ?> settings) {
        transform.configure(settings);
        return transform;
    }

    SourceRecord apply(SourceRecord input) {
        SourceRecord current = input;
        for (Transformation<SourceRecord> transform : transforms) {
            current = transform.apply(current);
        }
        return current;
    }
}
