using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using SpeechBot.ServiceDefaults.Security;

namespace SpeechBot.Web.SignIn;

/// <summary>What the sign-in form posts to. Forms of other sites are refused by their origin (LoopbackGuard).</summary>
public static class SignInApi
{
    private const int LongestForm = 4096;

    /// <summary>Maps signing in and out.</summary>
    public static WebApplication MapSignIn(this WebApplication app)
    {
        app.MapPost($"{SignInRegistration.PagePath}/key", SignInAsync).AllowAnonymous()
            .RequireRateLimiting(SignInRegistration.TriesPolicy).WithMetadata(new RequestSizeLimitAttribute(LongestForm));
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        return app;
    }

    private static async Task<IResult> SignInAsync(HttpContext context, ApiKeys keys)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (keys.OwnerOf(form["key"].ToString().Trim()) is not { } name)
        {
            return Results.LocalRedirect($"{SignInRegistration.PagePath}?wrong=true");
        }

        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Person.Of(name, keys), new AuthenticationProperties { IsPersistent = true });
        return Results.LocalRedirect("/");
    }

    private static async Task SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        context.Response.Redirect(SignInRegistration.PagePath);
    }
}
