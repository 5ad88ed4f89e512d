using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Tests.Web;

/// <summary>The page where it has keys, as it has when it is open to a network.</summary>
public sealed class SignInTests
{
    private const string Anna = "annas-own-secret";
    private const string Ben = "bens-own-secret";

    [Theory]
    [InlineData("/")]
    [InlineData("/system")]
    [InlineData("/nowhere")]
    public async Task Nobody_sees_the_page_without_a_key(string path)
    {
        await using var talk = await StartAsync();

        using var response = await Browser(talk).GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/sign-in", response.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Nobody_gets_a_circuit_without_a_key()
    {
        await using var talk = await StartAsync();

        using var response = await Browser(talk).PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/sign-in")]
    [InlineData("/app.css")]
    public async Task What_tells_nothing_about_anybody_is_open(string path)
    {
        await using var talk = await StartAsync();

        using var response = await Browser(talk).GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_key_opens_the_page_with_a_cookie_that_no_script_and_no_other_site_can_use()
    {
        await using var talk = await StartAsync();
        var browser = Browser(talk);

        using var signedIn = await TryAsync(browser, Anna);
        using var page = await browser.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie")).ToLowerInvariant();
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.Equal("/", signedIn.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task A_wrong_key_leads_back_and_too_many_are_refused()
    {
        await using var talk = await StartAsync(("SignIn:TriesPerMinute", "3"));
        var browser = Browser(talk);

        using var wrong = await TryAsync(browser, "guess");
        await TryAsync(browser, "guess again");
        await TryAsync(browser, "and again");
        using var tooMany = await TryAsync(browser, Anna);

        Assert.Equal("/sign-in?wrong=true", wrong.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
    }

    [Fact]
    public async Task The_form_of_another_site_signs_nobody_in()
    {
        await using var talk = await StartAsync();
        using var form = new HttpRequestMessage(HttpMethod.Post, "/sign-in/key") { Content = Form(Anna), Headers = { { "Origin", "https://elsewhere.example" } } };

        using var response = await Browser(talk).SendAsync(form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Signing_out_closes_the_page()
    {
        await using var talk = await StartAsync();
        var browser = Browser(talk);
        await TryAsync(browser, Anna);

        using var signedOut = await browser.PostAsync(new Uri("/sign-out", UriKind.Relative), null, TestContext.Current.CancellationToken);
        using var page = await browser.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("/sign-in", signedOut.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task Nobody_can_attach_to_the_session_of_somebody_else()
    {
        await using var talk = await StartAsync();
        await using var annas = await talk.Services.GetRequiredService<VoiceSessions>().CreateAsync("anna", cancellationToken: TestContext.Current.CancellationToken);

        await ConnectAsync(talk, annas.Id, Anna);
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => ConnectAsync(talk, annas.Id, Ben));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => ConnectAsync(talk, annas.Id, null));
    }

    [Fact]
    public async Task Without_a_key_other_machines_see_no_page()
    {
        await using var talk = await Talk.StartAsync();

        var context = await talk.Server.SendAsync(request =>
        {
            request.Request.Path = "/";
            request.Request.Host = new HostString("localhost");
            request.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        }, TestContext.Current.CancellationToken);

        using var body = new StreamReader(context.Response.Body);
        Assert.Equal(StatusCodes.Status403Forbidden, context.Response.StatusCode);
        Assert.Contains("its own machine only", await body.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_key_no_key_is_right()
    {
        await using var talk = await Talk.StartAsync();

        using var response = await TryAsync(Browser(talk), "guess");

        Assert.Equal("/sign-in?wrong=true", response.Headers.Location!.OriginalString);
    }

    private static Task<Talk> StartAsync(params (string Key, string Value)[] settings) =>
        Talk.StartAsync(null, [("Api:Keys:anna", Anna), ("Api:Keys:ben", Ben), .. settings]);

    private static HttpClient Browser(Talk talk) => talk.Client(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private static FormUrlEncodedContent Form(string key) => new([KeyValuePair.Create("key", key)]);

    private static Task<HttpResponseMessage> TryAsync(HttpClient browser, string key) =>
        browser.PostAsync(new Uri("/sign-in/key", UriKind.Relative), Form(key), TestContext.Current.CancellationToken);

    private static async Task ConnectAsync(Talk talk, string session, string? key)
    {
        var sockets = talk.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request => request.Headers.Authorization = key is null ? default : $"Bearer {key}";
        using var socket = await sockets.ConnectAsync(new Uri(talk.Server.BaseAddress, $"/v1/realtime?session={session}"), TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketState.Open, socket.State);
    }
}
