package dev.windrow.api.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;

/**
 * An issuer in a process of its own: discovery, keys, and tokens signed as they are asked for. The
 * first line it prints is its address.
 */
public final class IssuerMain {

    private final String address;
    private final RSAKey stranger;
    private RSAKey rsa;
    private ECKey curve;
    private int rotations;
    private int fetches;

    private IssuerMain(String address) throws JOSEException {
        this.address = address;
        this.stranger = rsa(99);
        this.rsa = rsa(0);
        this.curve = curve(0);
    }

    private static RSAKey rsa(int number) throws JOSEException {
        return new RSAKeyGenerator(2048).keyID("rsa-" + number).keyUse(KeyUse.SIGNATURE).generate();
    }

    private static ECKey curve(int number) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID("ec-" + number).generate();
    }

    /** Serves until it is killed, or its standard input ends. */
    public static void main(String[] args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        String address = "http://127.0.0.1:" + http.getAddress().getPort();
        IssuerMain issuer = new IssuerMain(address);
        http.createContext("/", issuer::handle);
        http.start();
        System.out.println(address);
        System.out.flush();
        while (System.in.read() >= 0) {
            // Lives as long as its parent.
        }
        http.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String answer;
        try {
            answer = answer(path, body);
        } catch (JOSEException | ParseException e) {
            answer = e.toString();
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String answer(String path, String body) throws JOSEException, ParseException {
        return switch (path) {
            case "/.well-known/openid-configuration" -> {
                fetches++;
                yield "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(address, address);
            }
            case "/keys" -> new JWKSet(List.of(rsa, curve)).toPublicJWKSet().toString();
            case "/rotate" -> {
                rotations++;
                rsa = rsa(rotations);
                curve = curve(rotations);
                yield "rotated";
            }
            case "/fetches" -> Integer.toString(fetches);
            default -> path.startsWith("/sign/") ? sign(path.substring(6), body) : "";
        };
    }

    private String sign(String how, String claims) throws JOSEException, ParseException {
        JWTClaimsSet set = JWTClaimsSet.parse(claims);
        return switch (how) {
            case "none" -> new PlainJWT(set).serialize();
            case "ES256" -> sign(JWSAlgorithm.ES256, curve.getKeyID(), new ECDSASigner(curve), set);
            // What a server that takes any algorithm would check with the public key.
            case "HS256" ->
                    sign(
                            JWSAlgorithm.HS256,
                            rsa.getKeyID(),
                            new MACSigner(rsa.toRSAPublicKey().getEncoded()),
                            set);
            case "unknown" -> sign(JWSAlgorithm.RS256, "nobody's", new RSASSASigner(stranger), set);
            case "forged" ->
                    sign(JWSAlgorithm.RS256, rsa.getKeyID(), new RSASSASigner(stranger), set);
            default -> sign(JWSAlgorithm.parse(how), rsa.getKeyID(), new RSASSASigner(rsa), set);
        };
    }

    private static String sign(
            JWSAlgorithm algorithm, String id, JWSSigner signer, JWTClaimsSet set)
            throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), set);
        jwt.sign(signer);
        return jwt.serialize();
    }
}
