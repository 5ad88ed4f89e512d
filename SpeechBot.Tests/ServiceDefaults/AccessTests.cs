using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using SpeechBot.ServiceDefaults.OpenAi;
using SpeechBot.ServiceDefaults.Security;

namespace SpeechBot.Tests.ServiceDefaults;

public sealed class AccessTests
{
    [Fact]
    public async Task A_page_of_another_site_may_not_post()
    {
        await using var app = await StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/echo") { Headers = { { "Origin", "https://elsewhere.example" } } };

        var response = await app.GetTestClient().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("https://elsewhere.example", await MessageAsync(response));
    }

    [Fact]
    public async Task The_services_own_page_may_post()
    {
        await using var app = await StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/echo") { Headers = { { "Origin", "http://localhost" } } };

        var response = await app.GetTestClient().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("rebound.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("my-pc.local", HttpStatusCode.OK)]
    public async Task Only_names_of_this_machine_are_answered_on_loopback(string host, HttpStatusCode expected)
    {
        await using var app = await StartAsync(("Security:AllowedHosts", "my-pc.local"));

        var response = await app.GetTestClient().GetAsync(new Uri($"http://{host}/v1/who"), TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task A_key_tells_who_it_is()
    {
        await using var app = await StartAsync(("Api:Keys:anna", "a-long-secret"));
        var client = app.GetTestClient();

        var without = await client.GetAsync(new Uri("/v1/who", UriKind.Relative), TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "a-long-secret");
        var with = await client.GetStringAsync(new Uri("/v1/who", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal("anna", with);
    }

    [Fact]
    public async Task Without_a_key_only_this_machine_is_answered()
    {
        await using var app = await StartAsync();

        var context = await app.GetTestServer().SendAsync(request =>
        {
            request.Request.Path = "/v1/who";
            request.Request.Host = new HostString("localhost");
            request.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        }, TestContext.Current.CancellationToken);

        Assert.Equal(StatusCodes.Status403Forbidden, context.Response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_under_v1_is_an_error_object()
    {
        await using var app = await StartAsync();

        var response = await app.GetTestClient().GetAsync(new Uri("/v1/nowhere", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("/v1/nowhere", await MessageAsync(response));
    }

    private static async Task<string> MessageAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<OpenAiErrorEnvelope>(TestContext.Current.CancellationToken))!.Error.Message;

    private static async Task<WebApplication> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddApiKeys();
        var app = builder.Build();
        app.UseLoopbackGuard();
        app.UseOpenAiErrors();
        app.UseApiKeys();
        app.MapPost("/v1/echo", () => "ok");
        app.MapGet("/v1/who", (HttpContext context) => context.User.Identity?.Name ?? "nobody");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
