using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SpeechBot.ServiceDefaults.Docs;

/// <summary>OpenAPI at <c>/openapi/v1.json</c> and Swagger at <c>/swagger</c>, served from the program itself.</summary>
public static class ApiDocs
{
    private const string DocumentName = "v1";

    /// <summary>Describes the service's API.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="title">The service's name for people, such as "SpeechBot ears".</param>
    /// <param name="description">One or two sentences on what it does.</param>
    public static IHostApplicationBuilder AddApiDocs(this IHostApplicationBuilder builder, string title, string description)
    {
        builder.Services.AddOpenApi(DocumentName, options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = title;
            document.Info.Description = description;
            return Task.CompletedTask;
        }));
        return builder;
    }

    /// <summary>Maps both pages.</summary>
    public static WebApplication MapApiDocs(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(options =>
        {
            options.SwaggerEndpoint($"/openapi/{DocumentName}.json", app.Environment.ApplicationName);
            options.RoutePrefix = "swagger";
        });
        return app;
    }
}
