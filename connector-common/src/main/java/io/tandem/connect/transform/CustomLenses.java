package io.tandem.connect.transform;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Finds, makes and configures the classes that a mapping names. */
final class CustomLenses {

    private CustomLenses() {}

    /**
     * A lens, ready for use.
     *
     * @param place the place of the rule in the document
     * @throws ConfigException if there is no such class, if it is no {@link CustomLens}, or if it refuses the options
     */
    static CustomLens load(String place, CustomRule rule) {
        String name = rule.className();
        CustomLens lens = instance(place + ".class", name, find(place + ".class", name));
        Map<String, @Nullable Object> options = rule.options();
        try {
            lens.configure(options);
        } catch (RuntimeException e) {
            throw JsonPlace.error(place + ".options", name + " refuses its options: " + e.getMessage());
        }
        return lens;
    }

    private static Class<?> find(String place, String name) {
        // the plugin's folder first; the context's loader is another one where the class lies beside the worker
        ClassLoader plugin = CustomLenses.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, true, plugin);
        } catch (ClassNotFoundException e) {
            try {
                return Class.forName(name, true, context == null ? plugin : context);
            } catch (ClassNotFoundException again) {
                throw JsonPlace.error(
                        place, "there is no class " + name + "; put its jar into the folder of the Tandem plugin");
            }
        } catch (LinkageError e) {
            throw JsonPlace.error(place, "the class " + name + " can't be loaded: " + e);
        }
    }

    private static CustomLens instance(String place, String name, Class<?> type) {
        if (!CustomLens.class.isAssignableFrom(type)) {
            throw JsonPlace.error(place, name + " does not implement " + CustomLens.class.getName());
        }
        try {
            return (CustomLens) type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw JsonPlace.error(place, "the constructor of " + name + " failed: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw JsonPlace.error(place, name + " must be public and have a public constructor without arguments");
        }
    }
}
