package dev.windrow.k8s.access;

import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads what fabric8 does not see in kubeconfigs. */
public final class KubeconfigFile {

    private static final String PLAIN = "-----BEGIN PRIVATE KEY-----";

    /** In a key: that it is of an elliptic curve (RFC 5480), in hexadecimal. */
    private static final String CURVE = "06072a8648ce3d0201";

    private KubeconfigFile() {}

    /** The configuration of a file's own context. */
    public static Config read(File file) {
        return completed(Config.fromKubeconfig(file));
    }

    /** Tells of a client's key what it is; unless it says so in its first line, RSA is assumed. */
    static Config completed(Config config) {
        String pem = key(config);
        if (pem.contains(PLAIN) && isCurve(pem)) {
            config.setClientKeyAlgo("EC");
        }
        return config;
    }

    private static boolean isCurve(String pem) {
        String body = pem.replaceAll("-----[A-Z ]+-----", "");
        byte[] key = Base64.getMimeDecoder().decode(body);
        return HexFormat.of().formatHex(key).contains(CURVE);
    }

    private static String key(Config config) {
        @Nullable String data = config.getClientKeyData();
        @Nullable String file = config.getClientKeyFile();
        if (data != null) {
            return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
        }
        try {
            return file == null ? "" : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
