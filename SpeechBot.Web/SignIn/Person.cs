using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using SpeechBot.ServiceDefaults.Security;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.SignIn;

/// <summary>Who is there: the name of the key that opened the door. On a machine of one's own there is nobody else.</summary>
internal static class Person
{
    private const string KeyMark = "key";

    /// <summary>The name under which the person's talks are kept.</summary>
    internal static string NameOf(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? name : VoiceSessions.LocalOwner;

    /// <summary>The person as the browser's cookie remembers them.</summary>
    internal static ClaimsPrincipal Of(string name, ApiKeys keys) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, name), new Claim(KeyMark, keys.MarkOf(name) ?? "")], CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>Ends a sign-in when the key that it was made with is changed or taken away.</summary>
    internal static async Task StillHasTheirKeyAsync(CookieValidatePrincipalContext context)
    {
        var keys = context.HttpContext.RequestServices.GetRequiredService<ApiKeys>();
        if (context.Principal?.Identity?.Name is not { } name || keys.MarkOf(name) is not { } mark || context.Principal.FindFirstValue(KeyMark) != mark)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }
    }
}
